import { describe, expect, it } from "vitest";
import { signingKeys } from "../src/signing-keys.ts";
import { KEYS } from "./vectors/keys.ts";

function code(value: string): unknown {
  return expect.objectContaining({ code: value });
}

describe("signingKeys", () => {
  const certificates = [KEYS.idpB.certificate, KEYS.ec.certificate];

  it("R8: parses each certificate once, as long as the settings are kept", () => {
    expect(signingKeys(certificates).map(({ key }) => key.asymmetricKeyType)).toEqual(["rsa", "ec"]);
    expect(signingKeys(certificates)).toBe(signingKeys(certificates));
  });

  it("R0: other settings have other keys, also if they say the same", () => {
    expect(signingKeys([...certificates])).not.toBe(signingKeys(certificates));
  });

  it("N7: no certificate is a fault of the configuration, never a reason to skip the check", () => {
    expect(() => signingKeys([])).toThrow(code("certificate_missing"));
  });

  it("R8: bounds how many keys are tried", () => {
    const five = Array.from({ length: 5 }, () => KEYS.idpA.certificate);
    expect(signingKeys(five)).toHaveLength(5);
    expect(() => signingKeys([...five, KEYS.idpA.certificate])).toThrow(code("certificate_too_many"));
  });

  it("refuses what is no certificate", () => {
    expect(() => signingKeys(["x"])).toThrow(code("certificate_invalid"));
    expect(() => signingKeys([KEYS.idpA.privatePem])).toThrow(code("private_key_refused"));
  });
});
