import { describe, expect, it } from "vitest";
import { createKeyCache } from "../src/key-cache.ts";
import { KEYS } from "./vectors/keys.ts";

const pair = { privateKey: KEYS.sp1.privatePem, certificate: KEYS.sp1.certificate };

describe("createKeyCache", () => {
  it("R8, R11: parses each key once, whatever objects the settings come in", () => {
    const cache = createKeyCache();
    expect(cache.signingKey(`${KEYS.idpA.certificate}`)).toBe(cache.signingKey(KEYS.idpA.certificate));
    expect(cache.privateKey({ ...pair })).toBe(cache.privateKey(pair));
  });

  it("R0: knows no key of another cache, and no other key", () => {
    const cache = createKeyCache();
    expect(cache.privateKey(pair)).not.toBe(createKeyCache().privateKey(pair));
    const { key } = cache.signingKey(KEYS.idpA.certificate);
    expect(cache.signingKey(KEYS.idpB.certificate).key.equals(key)).toBe(false);
  });

  it("R11: a certificate that was exchanged is checked anew", () => {
    const cache = createKeyCache();
    cache.privateKey(pair);
    const mismatch = () => cache.privateKey({ ...pair, certificate: KEYS.sp2.certificate });
    expect(mismatch).toThrow(expect.objectContaining({ code: "key_pair_invalid" }));
    expect(mismatch).toThrow(expect.objectContaining({ code: "key_pair_invalid" }));
  });

  it("R8: forgets what was not asked for longest, and keeps what is in use", () => {
    const cache = createKeyCache();
    const used = cache.signingKey(KEYS.idpA.certificate);
    const unused = cache.signingKey(KEYS.idpB.certificate);
    for (let index = 0; index < 1_000; index += 1) {
      cache.signingKey(`${index}\n${KEYS.ec.certificate}`);
      cache.signingKey(KEYS.idpA.certificate);
    }
    expect(cache.signingKey(KEYS.idpA.certificate)).toBe(used);
    expect(cache.signingKey(KEYS.idpB.certificate)).not.toBe(unused);
  });
});
