/**
 * The question to an identity provider: who is this? (SAML Core §3.4.1, Profiles §4.1.4.1.) It holds nothing secret, and
 * the response comes to the registered callback only: it is signed where the provider wants to know who asks.
 *
 * @module
 */
import { readHttpUrl } from "./http-url.ts";
import type { IdentityProviderSettings } from "./identity-provider.ts";
import type { KeyCache } from "./key-cache.ts";
import { ourSigner } from "./our-signature.ts";
import { type OutgoingMessage, ownRelayState, sendMessage } from "./outgoing-message.ts";
import type { ServiceProviderSettings } from "./service-provider.ts";
import { element, type XmlElement } from "./xml-writer.ts";

/** What a host may ask for besides the person; each is left out when absent. */
export interface AuthnRequestPreferences {
  /** Asks the provider to check the person again, also within a session. */
  readonly forceAuthn?: boolean | undefined;
  /** Asks the provider to answer without showing anything: with a person or with a failure. */
  readonly isPassive?: boolean | undefined;
  /** SAML Core §3.4.1.1. The format is left to the provider when absent, as one that it does not know makes it refuse. */
  readonly nameIdPolicy?: NameIDPolicy | undefined;
  /** Instead of the classes of the identity provider's settings. Keep them, to compare the response with them. */
  readonly requestedAuthnContext?: readonly string[] | undefined;
  /** For providers that ask another one. */
  readonly scoping?: Scoping | undefined;
  /** A name of this service for people, which the provider may show. */
  readonly providerName?: string | undefined;
}

export interface NameIDPolicy {
  readonly format?: string | undefined;
  readonly spNameQualifier?: string | undefined;
  /** Whether the provider may make a new identifier; true when absent. */
  readonly allowCreate?: boolean | undefined;
}

/** SAML Core §3.4.1.2. */
export interface Scoping {
  /** How many providers may be between the one that is asked and the one that answers. */
  readonly proxyCount?: number | undefined;
  readonly identityProviders?: readonly ScopedProvider[] | undefined;
  /** The entity ids for which this is asked. */
  readonly requesterIds?: readonly string[] | undefined;
}

/** SAML Core §3.4.1.3.1. */
export interface ScopedProvider {
  readonly entityId: string;
  readonly name?: string | undefined;
  readonly location?: string | undefined;
}

export interface AuthnRequestOptions extends AuthnRequestPreferences {
  readonly serviceProvider: ServiceProviderSettings;
  readonly identityProvider: IdentityProviderSettings;
  /** Unguessable; an XML name, so it must begin with a letter or an underscore. */
  readonly id: string;
  readonly issuedAt: Date;
  /** A random handle of at most 80 bytes (SAML Bindings §3.4.3). */
  readonly relayState: string;
  /** Remembers the parsed signing key from one request to the next. */
  readonly keyCache?: KeyCache | undefined;
}

/** How the browser carries the request to the provider. */
export type AuthnRequest = OutgoingMessage<"SAMLRequest">;

/**
 * A sign-in request over the binding that the identity provider is configured with.
 *
 * @param options the two parties, and what makes this request this one
 * @throws {SamlError} `sso_url_invalid`, `signing_key_missing`, `key_pair_invalid`
 * @throws {TypeError} for a RelayState of more than 80 bytes
 * @example
 * const request = createAuthnRequest({ serviceProvider, identityProvider, id: `id-${nonce}`, issuedAt, relayState });
 * if (request.binding === "redirect") return Response.redirect(request.url, 302);
 */
export function createAuthnRequest(options: AuthnRequestOptions): AuthnRequest {
  const { serviceProvider, identityProvider, relayState } = options;
  return sendMessage({
    name: "SAMLRequest",
    document: authnRequest(options),
    binding: identityProvider.ssoBinding,
    to: readHttpUrl(identityProvider.ssoUrl, "sso_url_invalid"),
    relayState: ownRelayState(relayState),
    signer: areRequestsSigned(serviceProvider, identityProvider)
      ? ourSigner(serviceProvider, options.keyCache)
      : undefined,
  });
}

/** Of a provider that wants signatures but is given no key, its refusal says more than ours could. */
export function areRequestsSigned(
  { signingKeys = [] }: ServiceProviderSettings,
  { signAuthnRequests, wantAuthnRequestsSigned = false }: IdentityProviderSettings,
): boolean {
  return signAuthnRequests ?? (wantAuthnRequestsSigned && signingKeys.length > 0);
}

function authnRequest(options: AuthnRequestOptions): XmlElement {
  const { serviceProvider, identityProvider, id, issuedAt } = options;
  return element(
    "samlp:AuthnRequest",
    {
      ID: id,
      Version: "2.0",
      IssueInstant: issuedAt.toISOString(),
      Destination: identityProvider.ssoUrl,
      AssertionConsumerServiceURL: serviceProvider.acsUrl,
      ProtocolBinding: "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST",
      ForceAuthn: whenTrue(options.forceAuthn),
      IsPassive: whenTrue(options.isPassive),
      ProviderName: options.providerName,
    },
    element("saml:Issuer", {}, serviceProvider.entityId),
    // No Subject: Entra answers one with an error.
    nameIdPolicyElement(options.nameIdPolicy ?? {}),
    requestedContext(options.requestedAuthnContext ?? identityProvider.requestedAuthnContext ?? []),
    options.scoping && scopingElement(options.scoping),
  );
}

function whenTrue(flag: boolean | undefined): string | undefined {
  return flag === true ? "true" : undefined;
}

function nameIdPolicyElement({ format, spNameQualifier, allowCreate = true }: NameIDPolicy): XmlElement {
  return element("samlp:NameIDPolicy", {
    AllowCreate: String(allowCreate),
    Format: format,
    SPNameQualifier: spNameQualifier,
  });
}

function requestedContext(classes: readonly string[]): XmlElement | undefined {
  if (classes.length === 0) return undefined;
  const references = classes.map((uri) => element("saml:AuthnContextClassRef", {}, uri));
  return element("samlp:RequestedAuthnContext", { Comparison: "exact" }, ...references);
}

function scopingElement({ proxyCount, identityProviders = [], requesterIds = [] }: Scoping): XmlElement {
  const entries = identityProviders.map(({ entityId, name, location }) =>
    element("samlp:IDPEntry", { ProviderID: entityId, Name: name, Loc: location }),
  );
  return element(
    "samlp:Scoping",
    { ProxyCount: proxyCount === undefined ? undefined : String(proxyCount) },
    entries.length === 0 ? undefined : element("samlp:IDPList", {}, ...entries),
    ...requesterIds.map((id) => element("samlp:RequesterID", {}, id)),
  );
}
