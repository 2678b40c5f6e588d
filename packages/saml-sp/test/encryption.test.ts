import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { encryptElement } from "./vectors/encrypt.ts";
import { KEYS } from "./vectors/keys.ts";
import { ALICE, SP } from "./vectors/response-builder.ts";
import { connection, outcomeOf, settings } from "./vectors/run-vector.ts";
import { openWorkshop } from "./vectors/vector.ts";

const workshop = openWorkshop({ base: "AS", flow: "sp-initiated", signer: "own" });

describe("decryption", () => {
  it.each([
    ["aes256-gcm, the assertion signed", "xml-encryption-aes256-gcm"],
    ["aes128-gcm, both signed", "xml-encryption-aes128-gcm"],
    ["aes256-cbc, the response signed", "xml-encryption-aes256-cbc"],
  ])("R11: reads what another implementation encrypted: %s", async (_, name) => {
    const xml = readFileSync(new URL(`./fixtures/encrypted/${name}.xml`, import.meta.url), "utf8");
    expect(await outcomeOf(xml, connection("sp-initiated"))).toHaveProperty("claims.nameId.value", ALICE);
  });

  it("R9: decrypts nothing that the policy refuses anyway", async () => {
    for (const signaturePolicy of ["response", "both"] as const) {
      const options = { identityProvider: settings({ signaturePolicy }), serviceProvider: SP };
      const outcome = await outcomeOf(workshop.encrypted(), connection("sp-initiated", options));
      expect(outcome).toHaveProperty("error.code", "signature_missing");
    }
  });

  it("R11: says nothing of an unsigned ciphertext but what the message itself says", async () => {
    const { build, signed, sign } = workshop;
    const attempts = [
      encryptElement(build(), "Assertion"),
      encryptElement(sign(build(), "_assertion", { keys: KEYS.attacker }), "Assertion"),
      encryptElement(signed(), "Assertion", { keys: KEYS.attacker }),
      encryptElement(signed(), "Assertion", { tagBytes: 4 }),
      encryptElement(signed(), "Assertion", { plaintext: () => "<" }),
    ];
    const refusals = await Promise.all(
      attempts.map(async (xml) => {
        const outcome = await outcomeOf(xml, connection("sp-initiated"));
        if (!("error" in outcome)) throw new TypeError("accepted");
        const { code, message, hint, details, httpStatus, stage } = outcome.error;
        return { code, message, hint, details, httpStatus, stage };
      }),
    );
    expect(new Set(refusals.map((refusal) => JSON.stringify(refusal))).size).toBe(1);
    expect(refusals[0]?.details).toEqual({
      content: "http://www.w3.org/2009/xmlenc11#aes256-gcm",
      key: "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p",
    });
  });

  it("R11: names no more of an algorithm than fits into a log", async () => {
    const xml = encryptElement(workshop.signed(), "Assertion", { contentMethod: "x".repeat(10_000) });
    const outcome = await outcomeOf(xml, connection("sp-initiated"));
    expect(JSON.stringify("error" in outcome && outcome.error.details).length).toBeLessThan(300);
  });

  it("R11: a fault of our own keys is told as that", async () => {
    const pair = { privateKey: KEYS.sp1.privatePem, certificate: KEYS.sp2.certificate };
    const serviceProvider = { ...SP, decryptionKeys: [pair] };
    const outcome = await outcomeOf(workshop.encrypted(), connection("sp-initiated", { serviceProvider }));
    expect(outcome).toHaveProperty("error.code", "key_pair_invalid");
    expect(await outcomeOf(workshop.signed(), connection("sp-initiated", { serviceProvider }))).toHaveProperty(
      "claims",
    );
  });
});
