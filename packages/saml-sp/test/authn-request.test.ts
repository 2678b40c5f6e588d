import { inflateRawSync } from "node:zlib";
import { DOMParser } from "@xmldom/xmldom";
import { describe, expect, it } from "vitest";
import { type AuthnRequestOptions, createAuthnRequest } from "../src/authn-request.ts";

const SSO_URL = "https://idp.example/sso?idpid=C0%2Fx&empty=";

const options: AuthnRequestOptions = {
  serviceProvider: { entityId: "https://app.example/saml/c1?a=1&b=2", acsUrl: "https://app.example/saml/c1/acs" },
  identityProvider: { entityId: "https://idp.example", ssoUrl: SSO_URL, ssoBinding: "redirect", certificates: [] },
  id: "_4a",
  issuedAt: new Date("2026-03-01T12:00:00.000Z"),
  relayState: "handle+/=",
};

function withSsoUrl(ssoUrl: string): AuthnRequestOptions {
  return { ...options, identityProvider: { ...options.identityProvider, ssoUrl } };
}

/** The address without the request, and the request. */
function redirected(from: AuthnRequestOptions): { readonly url: URL; readonly xml: string } {
  const request = createAuthnRequest(from);
  if (request.binding !== "redirect") throw new TypeError("expected a redirect");
  const url = new URL(request.url);
  const deflated = Buffer.from(url.searchParams.get("SAMLRequest") ?? "", "base64");
  return { url, xml: inflateRawSync(deflated).toString("utf8") };
}

function parse(xml: string) {
  const root = new DOMParser().parseFromString(xml, "text/xml").documentElement;
  if (root === null) throw new TypeError("no document");
  return root;
}

describe("createAuthnRequest", () => {
  it("asks for a response at this connection's callback, by form", () => {
    const root = parse(redirected(options).xml);
    const attributes = Object.fromEntries(Array.from(root.attributes, ({ name, value }) => [name, value]));
    expect(attributes).toEqual({
      "xmlns:samlp": "urn:oasis:names:tc:SAML:2.0:protocol",
      ID: "_4a",
      Version: "2.0",
      IssueInstant: "2026-03-01T12:00:00.000Z",
      Destination: SSO_URL,
      AssertionConsumerServiceURL: "https://app.example/saml/c1/acs",
      ProtocolBinding: "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST",
    });
  });

  it("names us, lets the provider choose the NameID, and never names a subject", () => {
    const { xml } = redirected(options);
    const root = parse(xml);
    expect(root.firstChild?.textContent).toBe("https://app.example/saml/c1?a=1&b=2");
    expect(xml).toContain('<samlp:NameIDPolicy AllowCreate="true"></samlp:NameIDPolicy>');
    expect(xml).not.toMatch(/Subject|RequestedAuthnContext|ForceAuthn/);
  });

  it("says so when the person must be checked again, or the NameID must have a format", () => {
    const { xml } = redirected({ ...options, forceAuthn: true, nameIdFormat: "urn:x" });
    expect(xml).toContain(' ForceAuthn="true"');
    expect(xml).toContain('AllowCreate="true" Format="urn:x"');
  });

  it("escapes every value", () => {
    const entityId = 'https://app.example/"><evil/>';
    const { xml } = redirected({ ...options, serviceProvider: { entityId, acsUrl: 'https://app.example/?"<&' } });
    expect(parse(xml).childNodes).toHaveLength(2);
    expect(parse(xml).getAttribute("AssertionConsumerServiceURL")).toBe('https://app.example/?"<&');
  });

  it("keeps the query of the sign-on address as it is, and drops a fragment", () => {
    expect(redirected(options).url.href).toMatch(/^https:\/\/idp\.example\/sso\?idpid=C0%2Fx&empty=&SAMLRequest=/);
    expect(redirected(options).url.searchParams.get("RelayState")).toBe("handle+/=");
    const { url } = redirected(withSsoUrl("https://idp.example/sso#top"));
    expect(url.href).toMatch(/^https:\/\/idp\.example\/sso\?SAMLRequest=[^#]+$/);
  });

  it("makes a form for a provider that takes only forms", () => {
    const request = createAuthnRequest({
      ...options,
      identityProvider: { ...options.identityProvider, ssoBinding: "post" },
    });
    if (request.binding !== "post") throw new TypeError("expected a form");
    expect(request.action).toBe(SSO_URL);
    expect(request.fields.RelayState).toBe("handle+/=");
    const xml = Buffer.from(request.fields.SAMLRequest, "base64").toString("utf8");
    expect(xml).toBe(redirected(options).xml);
  });

  it.each(["javascript:alert(1)", "data:text/html,x", "/sso", "", "ftp://idp.example"])(
    "attack 59: refuses to send a browser to %j",
    (ssoUrl) => {
      for (const ssoBinding of ["redirect", "post"] as const) {
        const identityProvider = { ...options.identityProvider, ssoUrl, ssoBinding };
        expect(() => createAuthnRequest({ ...options, identityProvider })).toThrow(
          expect.objectContaining({ code: "sso_url_invalid" }),
        );
      }
    },
  );
});
