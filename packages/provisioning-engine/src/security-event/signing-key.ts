/**
 * Which keys may sign security events, and how.
 *
 * @module
 */
import { KeyObject } from "node:crypto";

const SMALLEST_RSA_BITS = 2048;

/** One algorithm per kind of key: there is nothing to choose, and nothing to choose wrongly. */
const ALGORITHM_BY_CURVE: Readonly<Record<string, string>> = { prime256v1: "ES256", secp384r1: "ES384" };

/**
 * The JWS algorithm of a private key (RFC 7518 §3.1, RFC 8037 §3.1).
 *
 * @returns undefined for a key that is public, secret, weak or of another kind
 */
export function signingAlgorithm(key: unknown): string | undefined {
  if (!(key instanceof KeyObject) || key.type !== "private") return undefined;
  const { namedCurve = "", modulusLength = 0 } = key.asymmetricKeyDetails ?? {};
  switch (key.asymmetricKeyType) {
    case "ed25519":
      return "EdDSA";
    case "ec":
      return Object.hasOwn(ALGORITHM_BY_CURVE, namedCurve) ? ALGORITHM_BY_CURVE[namedCurve] : undefined;
    case "rsa":
      return modulusLength >= SMALLEST_RSA_BITS ? "RS256" : undefined;
    default:
      return undefined;
  }
}
