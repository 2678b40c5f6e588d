import { describe, expect, it } from "vitest";
import { createKeyCache } from "../src/key-cache.ts";
import { signingKeys } from "../src/signing-keys.ts";
import { KEYS } from "./vectors/keys.ts";

function code(value: string): unknown {
  return expect.objectContaining({ code: value });
}

describe("signingKeys", () => {
  const cache = createKeyCache();
  const certificates = [KEYS.idpB.certificate, KEYS.ec.certificate];

  it("R8: yields the keys in the order of the settings", () => {
    expect(signingKeys(certificates, cache).map(({ key }) => key.asymmetricKeyType)).toEqual(["rsa", "ec"]);
  });

  it("N7: no certificate is a fault of the configuration, never a reason to skip the check", () => {
    expect(() => signingKeys([], cache)).toThrow(code("certificate_missing"));
  });

  it("R8: bounds how many keys are tried", () => {
    const five = Array.from({ length: 5 }, () => KEYS.idpA.certificate);
    expect(signingKeys(five, cache)).toHaveLength(5);
    expect(() => signingKeys([...five, KEYS.idpA.certificate], cache)).toThrow(code("certificate_too_many"));
  });

  it("refuses what is no certificate", () => {
    expect(() => signingKeys(["x"], cache)).toThrow(code("certificate_invalid"));
    expect(() => signingKeys([KEYS.idpA.privatePem], cache)).toThrow(code("private_key_refused"));
  });
});
