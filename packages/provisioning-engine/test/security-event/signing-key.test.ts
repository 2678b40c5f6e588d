import { createPublicKey, createSecretKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { describe, expect, it } from "vitest";
import { signingAlgorithm } from "../../src/security-event/signing-key.ts";

const ED25519 = generateKeyPairSync("ed25519").privateKey;

describe("signingAlgorithm", () => {
  it.each<[string, KeyObject]>([
    ["EdDSA", ED25519],
    ["ES256", generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey],
    ["ES384", generateKeyPairSync("ec", { namedCurve: "P-384" }).privateKey],
    ["RS256", generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey],
  ])("J27: %s", (algorithm, key) => {
    expect(signingAlgorithm(key)).toBe(algorithm);
  });

  it.each<[string, unknown]>([
    ["a public key", createPublicKey(ED25519)],
    ["a secret, which a receiver could sign with", createSecretKey(Buffer.alloc(32))],
    ["a short RSA key", generateKeyPairSync("rsa", { modulusLength: 1024 }).privateKey],
    ["another curve", generateKeyPairSync("ec", { namedCurve: "secp256k1" }).privateKey],
    ["a key that only agrees", generateKeyPairSync("x25519").privateKey],
    ["a text", "-----BEGIN PRIVATE KEY-----"],
    ["a look-alike", { type: "private", asymmetricKeyType: "ed25519" }],
    ["nothing", undefined],
  ])("J27: never %s", (_, key) => {
    expect(signingAlgorithm(key)).toBeUndefined();
  });
});
