import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readIdentityProviderMetadata } from "../src/metadata-reader.ts";
import { KEYS } from "./vectors/keys.ts";
import { signOwn, signWithXmlCrypto } from "./vectors/sign.ts";

const NOW = new Date("2026-03-01T12:00:00.000Z");
const TRUSTED = [KEYS.idpA.certificate];

/** Without comments and declarations, with an id to sign. */
function fixture(name: string): string {
  const xml = readFileSync(new URL(`fixtures/metadata/${name}.xml`, import.meta.url), "utf8");
  return xml.replace(/<\?.*?\?>/, "").replace(/<md:Entit\w+/, (tag) => `${tag} ID="_metadata"`);
}

const okta = fixture("okta");
const aggregate = fixture("aggregate");

function signed(xml: string, sign = signOwn, options: Parameters<typeof signOwn>[2] = {}): string {
  return sign(xml, "_metadata", options);
}

function outcome(xml: string, signingCertificates: readonly string[] = TRUSTED, entityId?: string) {
  try {
    return readIdentityProviderMetadata(xml, { now: NOW, signingCertificates, entityId });
  } catch (error) {
    return error;
  }
}

describe("signed metadata", () => {
  it.each([
    ["our own signer", signOwn],
    ["xml-crypto", signWithXmlCrypto],
  ])("R10: of %s is read, whichever of several certificates it is", (_, sign) => {
    const expected = { entityId: "http://www.okta.com/exk0000000000000000", ssoBinding: "redirect" };
    expect(outcome(signed(okta, sign))).toMatchObject(expected);
    expect(outcome(signed(okta, sign), [KEYS.idpB.certificate, KEYS.idpA.certificate])).toMatchObject(expected);
  });

  it("of an aggregate covers each of its entities", () => {
    expect(outcome(signed(aggregate), TRUSTED, "https://two.example")).toMatchObject({
      entityId: "https://two.example",
      validUntil: new Date("2026-06-01T00:00:00Z"),
    });
  });

  it("is read with comments, which no signature covers", () => {
    const commented = signed(okta).replace("<md:IDPSSO", "<!-- a comment --><md:IDPSSO");
    expect(outcome(commented)).toMatchObject({ ssoBinding: "redirect" });
  });

  it("R9: without a signature is refused when one is expected, and only then", () => {
    expect(outcome(okta)).toMatchObject({ code: "metadata_signature_missing", stage: "metadata" });
    expect(readIdentityProviderMetadata(okta, { now: NOW })).toMatchObject({ ssoBinding: "redirect" });
  });

  it("R3: refuses an aggregate of which only an entity is signed", () => {
    const named = aggregate.replace("<md:EntityDescriptor", '<md:EntityDescriptor ID="_inner"');
    const partly = signOwn(named, "_inner");
    expect(outcome(partly, TRUSTED, "https://one.example")).toMatchObject({ code: "metadata_signature_missing" });
  });

  it.each([
    ["R8: changed afterwards", signed(okta).replaceAll("acme.okta.com", "evil.example"), "digest_mismatch"],
    ["R8: signed by somebody else", signed(okta, signOwn, { keys: KEYS.attacker }), "signature_invalid"],
    [
      "R5: signed over SHA-1",
      signed(okta, signOwn, { digestMethod: "http://www.w3.org/2000/09/xmldsig#sha1" }),
      "digest_algorithm_refused",
    ],
    ["R7: signed over something else", signed(okta, signOwn, { uri: "#_other" }), "signature_reference_invalid"],
    ["R7: signed over everything", signed(okta, signOwn, { uri: "" }), "signature_reference_invalid"],
  ])("%s is refused", (_, xml, reason) => {
    expect(outcome(xml)).toMatchObject({ code: "metadata_signature_invalid", details: { reason } });
  });

  it("R6: refuses two signatures, of which a reader could take either", () => {
    expect(outcome(signed(signed(okta)))).toMatchObject({ code: "metadata_signature_missing" });
  });

  it("is checked by certificates that are in force, and at least one", () => {
    expect(outcome(signed(okta), [])).toMatchObject({ code: "certificate_missing" });
    expect(outcome(signed(okta), ["x"])).toMatchObject({ code: "certificate_invalid" });
  });
});
