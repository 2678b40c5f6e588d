/**
 * The question to an identity provider: who is this? (SAML Core §3.4.1, Profiles §4.1.4.1.) Requests are not signed:
 * they hold nothing secret, and the response comes to the registered callback only.
 *
 * @module
 */
import { deflateRawSync } from "node:zlib";
import { readHttpUrl } from "./http-url.ts";
import type { IdentityProviderSettings } from "./identity-provider.ts";
import type { ServiceProviderSettings } from "./service-provider.ts";
import { element, writeXml } from "./xml-writer.ts";

export interface AuthnRequestOptions {
  readonly serviceProvider: ServiceProviderSettings;
  readonly identityProvider: IdentityProviderSettings;
  /** Unguessable; an XML name, so it must begin with a letter or an underscore. */
  readonly id: string;
  readonly issuedAt: Date;
  /** A random handle of at most 80 bytes (SAML Bindings §3.4.3). */
  readonly relayState: string;
  /** Asks the provider to check the person again, also within a session. */
  readonly forceAuthn?: boolean | undefined;
  /** Left to the provider when absent, as a format that it does not know makes it refuse. */
  readonly nameIdFormat?: string | undefined;
}

/** How the browser carries the request to the provider. */
export type AuthnRequest =
  | { readonly binding: "redirect"; readonly url: string }
  | {
      readonly binding: "post";
      readonly action: string;
      readonly fields: { readonly SAMLRequest: string; readonly RelayState: string };
    };

/**
 * A sign-in request over the binding that the identity provider is configured with.
 *
 * @param options the two parties, and what makes this request this one
 * @throws {SamlError} `sso_url_invalid`
 * @example
 * const request = createAuthnRequest({ serviceProvider, identityProvider, id: `_${nonce}`, issuedAt, relayState });
 * if (request.binding === "redirect") return Response.redirect(request.url, 302);
 */
export function createAuthnRequest(options: AuthnRequestOptions): AuthnRequest {
  const ssoUrl = readHttpUrl(options.identityProvider.ssoUrl);
  const xml = writeAuthnRequest(options);
  if (options.identityProvider.ssoBinding === "post") {
    const fields = { SAMLRequest: Buffer.from(xml).toString("base64"), RelayState: options.relayState };
    return { binding: "post", action: ssoUrl.href, fields };
  }
  return { binding: "redirect", url: redirectUrl(ssoUrl, xml, options.relayState) };
}

function writeAuthnRequest(options: AuthnRequestOptions): string {
  const { serviceProvider, identityProvider, id, issuedAt } = options;
  return writeXml(
    element(
      "samlp:AuthnRequest",
      {
        ID: id,
        Version: "2.0",
        IssueInstant: issuedAt.toISOString(),
        Destination: identityProvider.ssoUrl,
        AssertionConsumerServiceURL: serviceProvider.acsUrl,
        ProtocolBinding: "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST",
        ForceAuthn: options.forceAuthn === true ? "true" : undefined,
      },
      element("saml:Issuer", {}, serviceProvider.entityId),
      // No Subject: Entra answers one with an error.
      element("samlp:NameIDPolicy", { AllowCreate: "true", Format: options.nameIdFormat }),
    ),
  );
}

/** SAML Bindings §3.4.4.1; Google's address has a query of its own, which must survive as it is. */
function redirectUrl(ssoUrl: URL, xml: string, relayState: string): string {
  const parameters = new URLSearchParams({
    SAMLRequest: deflateRawSync(xml).toString("base64"),
    RelayState: relayState,
  });
  const url = new URL(ssoUrl);
  url.search = `${ssoUrl.search}${ssoUrl.search === "" ? "?" : "&"}${parameters}`;
  url.hash = "";
  return url.href;
}
