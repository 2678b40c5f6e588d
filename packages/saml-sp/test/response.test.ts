import { describe, expect, it } from "vitest";
import { readCertificates } from "../src/certificate.ts";
import { isSamlError, type SamlError } from "../src/errors.ts";
import { validateResponse } from "../src/response.ts";
import { attribute } from "./vectors/baseline-vectors.ts";
import { KEYS } from "./vectors/keys.ts";
import { ALICE, IDP, minutes, type ResponseContent } from "./vectors/response-builder.ts";
import { connection, fieldOf, OUTSTANDING, outcomeOf, SATISFIED, settings } from "./vectors/run-vector.ts";
import { signOwn } from "./vectors/sign.ts";
import { openWorkshop } from "./vectors/vector.ts";

const { build, signed } = openWorkshop({ base: "AS", flow: "sp-initiated", signer: "own" });

async function refusal(xml: string, overrides: Parameters<typeof connection>[1] = {}): Promise<SamlError> {
  const outcome = await outcomeOf(xml, connection("sp-initiated", overrides));
  if ("claims" in outcome) throw new TypeError("was accepted");
  return outcome.error;
}

describe("validateResponse", () => {
  it("R17: returns what was said, verbatim", async () => {
    expect(await validateResponse(fieldOf(signed()), connection("sp-initiated"))).toEqual({
      issuer: IDP,
      assertionId: "_assertion",
      nameId: { value: ALICE, format: undefined, nameQualifier: undefined, spNameQualifier: undefined },
      attributes: new Map([
        ["email", [ALICE]],
        ["name", ["Alice & Co"]],
      ]),
      sessionIndex: "_session",
      authnInstant: new Date(minutes(0)),
      sessionNotOnOrAfter: new Date(minutes(480)),
      authnContextClassRef: "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport",
      signedBy: [readCertificates(KEYS.idpA.certificate)[0]?.fingerprint],
      request: OUTSTANDING,
    });
  });

  it("R8: says by which certificates, of several, it was signed", async () => {
    const { idpA, idpB } = KEYS;
    const identityProvider = settings({ certificates: [idpB.certificate, idpA.certificate] });
    const inner = signOwn(build(), "_assertion", { keys: idpB });
    const { signedBy } = await validateResponse(
      fieldOf(signOwn(inner, "_response", { keys: idpA })),
      connection("sp-initiated", { identityProvider }),
    );
    const fingerprintOf = (pem: string) => readCertificates(pem)[0]?.fingerprint;
    expect(signedBy).toEqual([fingerprintOf(idpA.certificate), fingerprintOf(idpB.certificate)]);
  });

  it("R17: returns the NameID with its format and qualifiers", async () => {
    const xml = signed({
      subjectXml: [
        '<saml:Subject><saml:NameID Format="urn:f" NameQualifier="n" SPNameQualifier="s">x</saml:NameID>',
        '<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData',
        ` NotOnOrAfter="${minutes(5)}" Recipient="https://app.example/saml/c1/acs" InResponseTo="_request"/>`,
        "</saml:SubjectConfirmation></saml:Subject>",
      ].join(""),
    });
    const { nameId } = await validateResponse(fieldOf(xml), connection("sp-initiated"));
    expect(nameId).toEqual({ value: "x", format: "urn:f", nameQualifier: "n", spNameQualifier: "s" });
  });

  it("R17: a value that is xsi:nil is null", async () => {
    const xml = signed({
      attributesXml: '<saml:Attribute Name="n"><saml:AttributeValue xsi:nil="true"/></saml:Attribute>',
    });
    expect((await validateResponse(fieldOf(xml), connection("sp-initiated"))).attributes.get("n")).toEqual([null]);
  });

  it("P25: attributes named __proto__ and constructor are attributes", async () => {
    const xml = signed({ attributesXml: attribute("__proto__", "x") + attribute("constructor", "y") });
    const { attributes } = await validateResponse(fieldOf(xml), connection("sp-initiated"));
    expect(attributes.get("__proto__")).toEqual(["x"]);
    expect(attributes.get("constructor")).toEqual(["y"]);
    expect(attributes.get("toString")).toBeUndefined();
  });

  it("R13: with several statements the session ends with the first that does", async () => {
    const statement = (end: number) =>
      `<saml:AuthnStatement AuthnInstant="${minutes(0)}" SessionNotOnOrAfter="${minutes(end)}"/>`;
    const xml = signed({ adviceXml: statement(90) + statement(30) });
    const { sessionNotOnOrAfter } = await validateResponse(fieldOf(xml), connection("sp-initiated"));
    expect(sessionNotOnOrAfter?.toISOString()).toBe(minutes(30));
  });

  it("R9: demands either signature when no policy is set", async () => {
    const { build } = openWorkshop({ base: "AS", flow: "sp-initiated", signer: "own" });
    expect(await refusal(build())).toMatchObject({ code: "signature_missing", details: { policy: "either" } });
  });

  it("R9: refuses what is signed otherwise than the policy demands", async () => {
    for (const base of ["AS", "RS", "BS"] as const) {
      const { signed } = openWorkshop({ base, flow: "sp-initiated", signer: "own" });
      for (const signaturePolicy of ["assertion", "response", "both", "either"] as const) {
        const identityProvider = settings({ signaturePolicy });
        const outcome = await outcomeOf(signed(), connection("sp-initiated", { identityProvider }));
        const code = SATISFIED[base].includes(signaturePolicy) ? undefined : "signature_missing";
        expect("error" in outcome ? outcome.error.code : undefined, `${base} ${signaturePolicy}`).toBe(code);
      }
    }
  });

  it("tells whoever reads the log what was expected and what came, and nothing about the person", async () => {
    const xml = signed({
      audienceXml:
        "<saml:AudienceRestriction><saml:Audience>https://elsewhere.example</saml:Audience></saml:AudienceRestriction>",
    });
    const error = await refusal(xml);
    expect(error.details).toEqual({
      expected: "https://app.example/saml/c1",
      received: "https://elsewhere.example",
      certificate: readCertificates(KEYS.idpA.certificate)[0]?.fingerprint,
    });
    expect(JSON.stringify({ ...error, message: error.message })).not.toContain("alice");
  });

  it("bounds what an identity provider can write into the log", async () => {
    const error = await refusal(signed({ issuer: "x".repeat(10_000) }));
    expect(String(error.details.received).length).toBe(256);
  });

  it("R10: writes only SAML's own words of an unsigned status into the log", async () => {
    const status = (statusCode: string) => refusal(signed({ statusCode }));
    expect((await status("urn:oasis:names:tc:SAML:2.0:status:Responder")).details).toEqual({ status: "Responder" });
    expect((await status("Ignore all errors")).details).toEqual({ status: "unknown" });
  });

  it("R0: takes nothing of the trust from the message: settings decide at each call", async () => {
    expect(
      await refusal(signed(), { identityProvider: settings({ entityId: "https://other.example" }) }),
    ).toMatchObject({
      code: "issuer_mismatch",
    });
  });

  it("refuses with typed errors only", async () => {
    const world = connection("sp-initiated");
    await expect(validateResponse("%%%", world)).rejects.toSatisfy(isSamlError);
  });

  it("lets faults of a store through as they are", async () => {
    const fault = new Error("store is down");
    const requestStore = { put: async () => {}, take: () => Promise.reject(fault) };
    await expect(validateResponse(fieldOf(signed()), connection("sp-initiated", { requestStore }))).rejects.toBe(fault);
  });

  it("R12 to R15: reports what is wrong in the order of the rules", async () => {
    const faults: readonly (readonly [string, Partial<ResponseContent>])[] = [
      ["version_unsupported", { version: "1.1" }],
      ["issuer_mismatch", { issuer: "https://other.example" }],
      ["conditions_expired", { notOnOrAfter: minutes(-9) }],
      ["condition_unknown", { conditionsXml: '<saml:Condition xsi:type="xs:string"/>' }],
      ["audience_missing", { audienceXml: "" }],
      ["destination_mismatch", { destination: "https://other.example" }],
      ["name_id_invalid", { nameIdXml: " " }],
      ["recipient_mismatch", { recipient: "https://other.example" }],
      ["session_expired", { sessionNotOnOrAfter: minutes(-9) }],
      ["issued_in_the_future", { issueInstant: minutes(9) }],
    ];
    for (const [index, [code]] of faults.entries()) {
      const remaining = Object.assign({}, ...faults.slice(index).map(([, fault]) => fault));
      expect((await refusal(signed(remaining))).code).toBe(code);
    }
  });
});
