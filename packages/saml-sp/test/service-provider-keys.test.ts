import { describe, expect, it } from "vitest";
import { checkServiceProviderKeys } from "../src/service-provider-keys.ts";
import { KEYS } from "./vectors/keys.ts";

const invalid = expect.objectContaining({ code: "key_pair_invalid" });
const [rsa, ec] = [KEYS.sp1, KEYS.ec].map(({ privatePem: privateKey, certificate }) => ({ privateKey, certificate }));
const mixed = { privateKey: KEYS.sp1.privatePem, certificate: KEYS.sp2.certificate };

describe("checkServiceProviderKeys", () => {
  it("R11: finds nothing wrong with good keys, or none", () => {
    if (rsa === undefined || ec === undefined) throw new TypeError("no keys");
    expect(() => checkServiceProviderKeys({ signingKeys: [ec, rsa], decryptionKeys: [rsa] })).not.toThrow();
    expect(() => checkServiceProviderKeys({ signingKeys: [], decryptionKeys: [] })).not.toThrow();
    expect(() => checkServiceProviderKeys({})).not.toThrow();
    expect(() => checkServiceProviderKeys({ decryptionKeys: [ec] })).toThrow(invalid);
  });

  it("R11: finds keys that do not belong together", () => {
    expect(() => checkServiceProviderKeys({ signingKeys: [mixed] })).toThrow(invalid);
    expect(() => checkServiceProviderKeys({ decryptionKeys: [mixed] })).toThrow(invalid);
  });
});
