import { describe, expect, it } from "vitest";
import { decryptionKeys } from "../src/decryption-keys.ts";
import { createKeyCache } from "../src/key-cache.ts";
import type { KeyPair } from "../src/key-pair.ts";
import { KEYS } from "./vectors/keys.ts";

const cache = createKeyCache();

function pairOf({ privatePem: privateKey, certificate }: typeof KEYS.sp1): KeyPair {
  return { privateKey, certificate };
}

describe("decryptionKeys", () => {
  it("R11: yields each key in the order of the settings", () => {
    const keys = decryptionKeys([pairOf(KEYS.sp2), pairOf(KEYS.sp1)], cache);
    expect(keys.map((key) => key.equals(KEYS.sp1.privateKey))).toEqual([false, true]);
  });

  it.each([[undefined], [[]]])("R11: without a key says that there is none: %j", (pairs) => {
    expect(() => decryptionKeys(pairs, cache)).toThrow(expect.objectContaining({ code: "decryption_key_missing" }));
  });

  it("R11: bounds how many keys are tried, and takes those only that can decrypt", () => {
    const sp1 = pairOf(KEYS.sp1);
    expect(decryptionKeys([sp1, sp1, sp1], cache)).toHaveLength(3);
    for (const pairs of [[sp1, sp1, sp1, sp1], [pairOf(KEYS.ec)]]) {
      expect(() => decryptionKeys(pairs, cache)).toThrow(expect.objectContaining({ code: "key_pair_invalid" }));
    }
  });
});
