import { generateKeyPairSync } from "node:crypto";
import { TEST_KEY_PAIRS } from "@muster/saml-sp/testing";
import { describe, expect, it } from "vitest";
import { readSsoKeys } from "../src/sso-keys.ts";

const { serviceProvider: OURS, identityProvider: NEXT } = TEST_KEY_PAIRS;
const PEM = { type: "pkcs8", format: "pem" } as const;
const EC = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export(PEM).toString();
const LOCKED = generateKeyPairSync("rsa", { modulusLength: 2048 })
  .privateKey.export({ ...PEM, cipher: "aes-256-cbc", passphrase: "secret" })
  .toString();

describe("readSsoKeys", () => {
  it("finds the certificate of each key, and keeps the order of the keys", () => {
    const pem = `a note\n${NEXT.certificate}${OURS.privateKey}${OURS.certificate}${NEXT.privateKey}`;
    expect(readSsoKeys(pem)).toEqual([OURS, NEXT]);
  });

  it.each([
    ["an empty file", "", "There is no private key in it."],
    ["a certificate alone", OURS.certificate, "There is no private key in it."],
    ["a key alone", OURS.privateKey, "The certificate of private key 1 is missing."],
    ["another's certificate", OURS.privateKey + NEXT.certificate, "The certificate of private key 1 is missing."],
    ["a key that others cannot encrypt for", EC + OURS.certificate, "A private key in it is not an RSA key."],
    ["a locked key", LOCKED + OURS.certificate, "A private key in it cannot be read, or has a passphrase."],
    ["too many keys", (OURS.privateKey + OURS.certificate).repeat(4), "There are 4 private keys in it, 3 at most."],
    [
      "a certificate that is none",
      `${OURS.privateKey}-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n`,
      "A certificate in it cannot be read.",
    ],
  ])("refuses %s, says what to give, and repeats nothing of it", (_what, pem, message) => {
    const read = () => readSsoKeys(pem);
    expect(read).toThrow(expect.objectContaining({ code: "unusable_keys", exitCode: 1 }));
    expect(read).toThrow(`--sso-keys: ${message}`);
    expect(read).toThrow("openssl req -x509");
    expect(read).not.toThrow("MII");
  });
});
