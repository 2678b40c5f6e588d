/**
 * Public keys as issuers publish them, and which of them can verify a token here. Private and symmetric ones are refused:
 * nobody who verifies should hold them.
 *
 * @module
 */
import { createPublicKey, type KeyObject } from "node:crypto";
import type { JwtAlgorithm, PublicKey } from "../ports/index.ts";
import { z } from "../validation/zod.ts";

export const JWT_ALGORITHMS: readonly JwtAlgorithm[] = ["RS256", "PS256", "ES256", "EdDSA"];

const MIN_RSA_BITS = 2048;
const MAX_RSA_BITS = 8192;
const SHORT = z.string().max(256).exactOptional();
/** 8192 bits in base64url. */
const NUMBER = z.string().max(1366).exactOptional();
const PRIVATE = z.never("Expected a public key; keep the private one to yourself.").exactOptional();

/** Of a JSON Web Key what verifying needs (RFC 7517 §4, RFC 7518 §6); the rest is left out. */
export const PUBLIC_KEY: z.ZodType<PublicKey> = z.object({
  kty: z.enum(["RSA", "EC", "OKP"]),
  kid: SHORT,
  alg: SHORT,
  use: SHORT,
  n: NUMBER,
  e: NUMBER,
  crv: SHORT,
  x: NUMBER,
  y: NUMBER,
  d: PRIVATE,
});

/** Whether a key is sound, made for signatures, and of an algorithm that is accepted. */
export function canVerify(key: PublicKey): boolean {
  if (key.use !== undefined && key.use !== "sig") return false;
  try {
    return isSound(createPublicKey({ format: "jwk", key: { ...key } }), key);
  } catch {
    return false;
  }
}

function isSound({ asymmetricKeyDetails }: KeyObject, { kty, alg, crv }: PublicKey): boolean {
  const fits = (...algorithms: readonly JwtAlgorithm[]) => alg === undefined || algorithms.some((name) => name === alg);
  if (kty === "EC") return crv === "P-256" && fits("ES256");
  if (kty === "OKP") return crv === "Ed25519" && fits("EdDSA");
  const bits = asymmetricKeyDetails?.modulusLength ?? 0;
  return bits >= MIN_RSA_BITS && bits <= MAX_RSA_BITS && fits("RS256", "PS256");
}

const MOST_KEYS = 100;
const KEYS = z.object({ keys: z.array(z.unknown()).max(MOST_KEYS) });

/** The keys of a published set that can verify a token here; an issuer's others are none of our business. */
export function usableKeys(published: unknown): readonly PublicKey[] {
  const { data: { keys } = { keys: [] } } = KEYS.safeParse(published);
  return keys.flatMap((key) => {
    const { data } = PUBLIC_KEY.safeParse(key);
    return data !== undefined && canVerify(data) ? [data] : [];
  });
}
