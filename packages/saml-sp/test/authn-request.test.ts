import { createPublicKey, verify } from "node:crypto";
import { inflateRawSync } from "node:zlib";
import { DOMParser } from "@xmldom/xmldom";
import { describe, expect, it } from "vitest";
import { type AuthnRequestOptions, createAuthnRequest } from "../src/authn-request.ts";
import { KEYS, type KeyPair } from "./vectors/keys.ts";
import { oracleContents } from "./vectors/oracle.ts";

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
    const { xml } = redirected({ ...options, forceAuthn: true, nameIdPolicy: { format: "urn:x" } });
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

const SIGNING = {
  rsa: { keys: KEYS.idpA, algorithm: "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256" },
  ec: { keys: KEYS.ec, algorithm: "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256" },
} as const;

function withKeys(keys: KeyPair, settings: Partial<AuthnRequestOptions["identityProvider"]> = {}): AuthnRequestOptions {
  const signingKeys = [{ privateKey: keys.privatePem, certificate: keys.certificate }];
  return {
    ...options,
    serviceProvider: { ...options.serviceProvider, signingKeys },
    identityProvider: { ...options.identityProvider, ...settings },
  };
}

function isSigned(from: AuthnRequestOptions): boolean {
  const request = createAuthnRequest(from);
  return request.binding === "redirect" && new URL(request.url).searchParams.has("Signature");
}

describe("signed requests", () => {
  it.each(Object.entries(SIGNING))("R18: signs the octets of the query by an %s key", (_, { keys, algorithm }) => {
    const request = createAuthnRequest(withKeys(keys, { signAuthnRequests: true }));
    if (request.binding !== "redirect") throw new TypeError("expected a redirect");
    const query = request.url.slice(request.url.indexOf("SAMLRequest="));
    const [octets = "", signature = ""] = query.split("&Signature=");
    expect(octets).toMatch(/^SAMLRequest=[^&]+&RelayState=[^&]+&SigAlg=[^&]+$/);
    expect(new URLSearchParams(octets).get("SigAlg")).toBe(algorithm);
    const key = { key: createPublicKey(keys.certificate), dsaEncoding: "ieee-p1363" } as const;
    const isGenuine = (text: string) =>
      verify("sha256", Buffer.from(text), key, Buffer.from(decodeURIComponent(signature), "base64"));
    expect(isGenuine(octets)).toBe(true);
    expect(isGenuine(octets.replace("RelayState=h", "RelayState=H"))).toBe(false);
    expect(redirected(withKeys(keys, { signAuthnRequests: true })).xml).not.toContain("Signature");
  });

  it("R18: signs the document of a form, where the schema wants the signature", () => {
    const request = createAuthnRequest(withKeys(KEYS.idpA, { signAuthnRequests: true, ssoBinding: "post" }));
    if (request.binding !== "post") throw new TypeError("expected a form");
    const xml = Buffer.from(request.fields.SAMLRequest, "base64").toString("utf8");
    expect(xml).toMatch(/<\/saml:Issuer><ds:Signature .*<\/ds:Signature><samlp:NameIDPolicy/);
    const unsigned = redirected(withKeys(KEYS.idpA)).xml;
    expect(oracleContents(xml, [KEYS.idpA.certificate])).toEqual([unsigned]);
    expect(oracleContents(xml, [KEYS.idpB.certificate])).not.toEqual([unsigned]);
  });

  it("R18: signs when the provider wants it and there is a key, or as the connection says", () => {
    const wants = { wantAuthnRequestsSigned: true };
    expect(isSigned(withKeys(KEYS.idpA))).toBe(false);
    expect(isSigned(withKeys(KEYS.idpA, wants))).toBe(true);
    expect(isSigned(withKeys(KEYS.idpA, { ...wants, signAuthnRequests: false }))).toBe(false);
    expect(isSigned({ ...options, identityProvider: { ...options.identityProvider, ...wants } })).toBe(false);
  });

  it("R18: never sends a request unsigned that must be signed", () => {
    const must = { ...options.identityProvider, signAuthnRequests: true };
    expect(() => createAuthnRequest({ ...options, identityProvider: must })).toThrow(
      expect.objectContaining({ code: "signing_key_missing" }),
    );
    const mixed = { ...KEYS.idpA, certificate: KEYS.idpB.certificate };
    expect(() => createAuthnRequest(withKeys(mixed, { signAuthnRequests: true }))).toThrow(
      expect.objectContaining({ code: "key_pair_invalid" }),
    );
  });
});

describe("what else may be asked for", () => {
  it("writes everything in the order of the schema (SAML Core §3.4.1)", () => {
    const { xml } = redirected({
      ...options,
      isPassive: true,
      providerName: "Acme <Docs>",
      nameIdPolicy: { allowCreate: false, spNameQualifier: "urn:group" },
      requestedAuthnContext: ["urn:a", "urn:b"],
      scoping: {
        proxyCount: 0,
        identityProviders: [{ entityId: "https://a.example", name: "A", location: "https://a.example/sso" }],
        requesterIds: ["https://app.example"],
      },
    });
    expect(xml).toContain(' IsPassive="true" ');
    expect(xml).toContain('ProviderName="Acme &lt;Docs>"');
    expect(xml.slice(xml.indexOf("<samlp:NameIDPolicy"))).toBe(
      [
        '<samlp:NameIDPolicy AllowCreate="false" SPNameQualifier="urn:group"></samlp:NameIDPolicy>',
        '<samlp:RequestedAuthnContext Comparison="exact">',
        ...["urn:a", "urn:b"].map(
          (uri) =>
            `<saml:AuthnContextClassRef xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${uri}</saml:AuthnContextClassRef>`,
        ),
        '</samlp:RequestedAuthnContext><samlp:Scoping ProxyCount="0"><samlp:IDPList>',
        '<samlp:IDPEntry Loc="https://a.example/sso" Name="A" ProviderID="https://a.example"></samlp:IDPEntry>',
        "</samlp:IDPList><samlp:RequesterID>https://app.example</samlp:RequesterID></samlp:Scoping></samlp:AuthnRequest>",
      ].join(""),
    );
  });

  it("R19: refuses to send data where only a handle fits", () => {
    expect(() => createAuthnRequest({ ...options, relayState: "é".repeat(41) })).toThrow(TypeError);
    expect(() => createAuthnRequest({ ...options, relayState: "é".repeat(40) })).not.toThrow();
  });
});
