import { describe, expect, it } from "vitest";
import { readCertificates } from "../src/certificate.ts";
import type { SamlErrorDetails } from "../src/errors.ts";
import { KEYS } from "./vectors/keys.ts";
import { ALICE, minutes, type ResponseContent } from "./vectors/response-builder.ts";
import { connection, outcomeOf, settings } from "./vectors/run-vector.ts";
import { type SignOptions, signOwn, x509Data } from "./vectors/sign.ts";
import { openWorkshop } from "./vectors/vector.ts";

const { build } = openWorkshop({ base: "AS", flow: "sp-initiated", signer: "own" });

function fingerprintOf(pem: string): string {
  return readCertificates(pem)[0]?.fingerprint ?? "";
}

/** What the log is told of a refused response. */
async function facts(
  content: Partial<ResponseContent>,
  options: Partial<SignOptions> = {},
  trusted: readonly string[] = [KEYS.idpA.certificate],
): Promise<{ readonly code: string; readonly details: SamlErrorDetails }> {
  const xml = signOwn(build(content), "_assertion", options);
  const identityProvider = settings({ certificates: trusted });
  const outcome = await outcomeOf(xml, connection("sp-initiated", { identityProvider }));
  if ("claims" in outcome) throw new TypeError("was accepted");
  expect(JSON.stringify(outcome.error.details)).not.toContain(ALICE);
  return { code: outcome.error.code, details: outcome.error.details };
}

describe("the facts of a refusal", () => {
  it("R8: name the certificates that are trusted, and the one that the signature shows", async () => {
    const { idpA, idpB } = KEYS;
    const rolled = { keys: idpB, keyInfoXml: x509Data(idpB.certificate) };
    expect(await facts({}, rolled)).toEqual({
      code: "signature_invalid",
      details: { expected: fingerprintOf(idpA.certificate), received: fingerprintOf(idpB.certificate) },
    });
    const both = [KEYS.attacker.certificate, idpA.certificate];
    expect((await facts({}, rolled, both)).details.expected).toBe(both.map(fingerprintOf).join(" "));
  });

  it.each([
    ["none", undefined],
    ["no certificate", "<ds:KeyName>idp</ds:KeyName>"],
    ["an empty one", "<ds:X509Data><ds:X509Certificate></ds:X509Certificate></ds:X509Data>"],
    ["something else", "<ds:X509Data><ds:X509Certificate>alice@acme.example</ds:X509Certificate></ds:X509Data>"],
  ])("R8: repeat nothing of a signature that shows %s", async (_, keyInfoXml) => {
    expect((await facts({}, { keys: KEYS.idpB, keyInfoXml })).details.received).toBe("none");
  });

  it("R5: name the algorithm, if it is the name of one", async () => {
    const sha1 = "http://www.w3.org/2000/09/xmldsig#rsa-sha1";
    expect((await facts({}, { signatureMethod: sha1 })).details).toEqual({ received: sha1 });
    expect((await facts({}, { signatureMethod: "alice@acme.example" })).details).toEqual({ received: "unknown" });
    const digestMethod = "http://www.w3.org/2000/09/xmldsig#sha1";
    expect((await facts({}, { digestMethod })).details).toEqual({ received: digestMethod });
  });

  it("R13, R16: name the certificate that what is refused later was signed by", async () => {
    const certificate = fingerprintOf(KEYS.idpA.certificate);
    const elsewhere = "https://other.example";
    expect((await facts({ destination: elsewhere })).details).toMatchObject({ received: elsewhere, certificate });
    expect(await facts({ inResponseTo: "_other", responseInResponseTo: "_other" })).toMatchObject({
      code: "request_unknown",
      details: { certificate },
    });
  });

  it.each([
    ["conditions_expired", { notOnOrAfter: minutes(-9) }, -9],
    ["conditions_not_yet_valid", { notBefore: minutes(9) }, 9],
    ["confirmation_expired", { confirmationNotOnOrAfter: minutes(-9) }, -9],
    ["issued_in_the_future", { issueInstant: minutes(9) }, 9],
  ] as const)("R13, R15: say how far the clocks are apart: %s", async (code, content, minutesAhead) => {
    expect(await facts(content)).toEqual({
      code,
      details: {
        now: minutes(0),
        received: minutes(minutesAhead),
        differenceSeconds: minutesAhead * 60,
        toleratedSeconds: 60,
        certificate: fingerprintOf(KEYS.idpA.certificate),
      },
    });
  });
});
