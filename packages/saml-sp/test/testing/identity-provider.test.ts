import { X509Certificate } from "node:crypto";
import { deflateRawSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { SignedXml } from "xml-crypto";
import {
  createTestIdentityProvider,
  FORGED_NAME_ID,
  type RespondOptions,
  TEST_KEY_PAIRS,
  type TestResponse,
} from "../../src/testing/index.ts";

const NOW = new Date("2026-03-01T12:00:00.000Z");
const serviceProvider = { entityId: "https://app.example/saml/c1", acsUrl: "https://app.example/saml/c1/acs" };

function testIdentityProvider() {
  let last = 0;
  return createTestIdentityProvider({
    entityId: "https://idp.example/metadata",
    ssoUrl: "https://idp.example/sso",
    clock: () => NOW,
    newId: () => `_${++last}`,
  });
}

function respond(options: Partial<RespondOptions> = {}): string {
  const person = { nameId: "ada@acme.example", attributes: { email: "ada@acme.example", tags: ["a", null] } };
  return decode(testIdentityProvider().respond({ serviceProvider, ...person, ...options }));
}

function decode({ samlResponse }: TestResponse): string {
  return Buffer.from(samlResponse, "base64").toString("utf8");
}

/** Each signature of the document, judged by an independent implementation. */
function judge(xml: string, certificate: string): readonly boolean[] {
  return [...xml.matchAll(/<ds:Signature .*?<\/ds:Signature>/g)].map(([signature]) => {
    const verifier = new SignedXml({ publicCert: certificate });
    verifier.loadSignature(signature);
    return verifier.checkSignature(xml);
  });
}

function redirectUrl(xml: string): string {
  const query = new URLSearchParams({ SAMLRequest: deflateRawSync(xml).toString("base64"), RelayState: "handle" });
  return `https://idp.example/sso?${query}`;
}

describe("createTestIdentityProvider", () => {
  it.each([
    ["assertion", 1],
    ["response", 1],
    ["both", 2],
  ] as const)("V1–V3: signs %s so that an independent verifier agrees", (sign, signatures) => {
    const verdicts = judge(respond({ sign }), TEST_KEY_PAIRS.identityProvider.certificate);
    expect(verdicts).toEqual(Array.from({ length: signatures }, () => true));
  });

  it("answers the request that it was given, and passes the relay state on", () => {
    const authnRequestUrl = redirectUrl('<samlp:AuthnRequest xmlns:samlp="x" ID="_asked" Version="2.0"/>');
    const answer = testIdentityProvider().respond({ serviceProvider, nameId: "ada", authnRequestUrl });
    expect(answer.relayState).toBe("handle");
    expect(decode(answer).match(/ InResponseTo="_asked"/g)).toHaveLength(2);
  });

  it("refuses an address without a request", () => {
    const provider = testIdentityProvider();
    for (const authnRequestUrl of ["https://idp.example/sso", redirectUrl("<nothing/>")]) {
      expect(() => provider.respond({ serviceProvider, nameId: "ada", authnRequestUrl })).toThrow(TypeError);
    }
  });

  it("answers nobody's question when it was not asked", () => {
    const answer = testIdentityProvider().respond({ serviceProvider, nameId: "ada", relayState: "/start" });
    expect(answer.relayState).toBe("/start");
    expect(decode(answer)).not.toContain("InResponseTo");
  });

  it("says the same at every run, and lets every field be replaced", () => {
    expect(respond()).toBe(respond());
    const bent = respond({ audience: null, recipient: "https://r.example", notBefore: null, nameIdFormat: null });
    expect(bent).not.toMatch(/Audience|NotBefore|Format=/);
    expect(bent).toContain('Recipient="https://r.example"');
    expect(respond()).toContain(
      '<saml:AttributeValue xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true">',
    );
  });

  it("wraps a genuine, still valid signature beside a forged assertion", () => {
    const xml = respond({ variant: "xsw3" });
    expect(xml).toContain(FORGED_NAME_ID);
    expect(judge(xml, TEST_KEY_PAIRS.identityProvider.certificate)).toEqual([true]);
  });

  it("forges with another key, and with a comment that the signature does not see", () => {
    const { identityProvider, stranger } = TEST_KEY_PAIRS;
    expect(judge(respond({ variant: "other-key" }), stranger.certificate)).toEqual([true]);
    const byStranger = respond({ variant: "other-key" });
    expect(() => judge(byStranger, identityProvider.certificate)).toThrow(/invalid signature/);
    const commented = respond({ variant: "comment-in-nameid" });
    expect(commented).toContain("ada@acme.example<!---->.attacker.example");
    expect(judge(commented, identityProvider.certificate)).toEqual([true]);
  });

  it("has key pairs that fit, one of them expired", () => {
    for (const { certificate, privateKey } of Object.values(TEST_KEY_PAIRS)) {
      expect(new X509Certificate(certificate).toJSON()).toBe(certificate);
      expect(privateKey).toContain("PRIVATE KEY");
    }
    expect(new Date(new X509Certificate(TEST_KEY_PAIRS.expired.certificate).validTo) < NOW).toBe(true);
  });
});
