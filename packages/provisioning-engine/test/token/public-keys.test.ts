import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { canVerify, PUBLIC_KEY, usableKeys } from "../../src/token/public-keys.ts";

const jwkOf = (pair: { publicKey: import("node:crypto").KeyObject }) => pair.publicKey.export({ format: "jwk" });
const RSA = jwkOf(generateKeyPairSync("rsa", { modulusLength: 2048 }));
const SHORT_RSA = jwkOf(generateKeyPairSync("rsa", { modulusLength: 1024 }));
const P256 = jwkOf(generateKeyPairSync("ec", { namedCurve: "P-256" }));
const P384 = jwkOf(generateKeyPairSync("ec", { namedCurve: "P-384" }));
const ED25519 = jwkOf(generateKeyPairSync("ed25519"));
const X25519 = jwkOf(generateKeyPairSync("x25519"));
const PRIVATE = generateKeyPairSync("ed25519").privateKey.export({ format: "jwk" });

const verifies = (key: object) => canVerify(PUBLIC_KEY.parse(key));

describe("canVerify", () => {
  it.each([
    ["RSA", RSA],
    ["RSA for PS256", { ...RSA, alg: "PS256", use: "sig" }],
    ["P-256", { ...P256, alg: "ES256" }],
    ["Ed25519", ED25519],
  ])("J42: takes %s", (_name, key) => {
    expect(verifies(key)).toBe(true);
  });

  it.each([
    ["a short RSA key", SHORT_RSA],
    ["another curve", P384],
    ["a key for agreement", X25519],
    ["a key for encryption", { ...RSA, use: "enc" }],
    ["an algorithm of another kind of key", { ...P256, alg: "RS256" }],
    ["an algorithm that is not accepted", { ...RSA, alg: "RS512" }],
    ["a point that is not on the curve", { ...P256, y: P256.x }],
    ["half a key", { kty: "RSA", e: "AQAB" }],
    ["no text", { kty: "RSA", n: "!", e: "!" }],
  ])("J42: refuses %s", (_name, key) => {
    expect(verifies(key)).toBe(false);
  });
});

describe("usableKeys", () => {
  it("J42: never holds a private key or a shared secret", () => {
    expect(usableKeys({ keys: [PRIVATE, { kty: "oct", k: "c2VjcmV0" }] })).toEqual([]);
    expect(PUBLIC_KEY.safeParse(PRIVATE).error?.issues[0]?.message).toMatch(/public key/);
  });

  it("leaves out what it cannot use, and what verifying does not need", () => {
    const published = { ...RSA, kid: "1", x5c: ["MIIC"], issuer: "https://login.acme.test/" };
    expect(usableKeys({ keys: [published, P384, 7, null, "x"] })).toEqual([{ ...RSA, kid: "1" }]);
  });

  it.each([undefined, null, [], {}, { keys: {} }, { keys: Array.from({ length: 101 }, () => RSA) }, "keys"])(
    "finds nothing in what is no set of a modest size",
    (published) => {
      expect(usableKeys(published)).toEqual([]);
    },
  );
});
