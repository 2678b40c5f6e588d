/**
 * The keys that assertions may be encrypted for: the current one, and during a rollover the next or the previous.
 *
 * @module
 */
import type { KeyObject } from "node:crypto";
import { SamlError } from "./errors.ts";
import type { KeyCache } from "./key-cache.ts";
import { invalidKeyPair, type KeyPair } from "./key-pair.ts";

/** Each is tried on each encrypted element, so their number bounds the work that a stranger can cause. */
const MAX_KEYS = 3;

/**
 * @throws {SamlError} `decryption_key_missing`, `key_pair_invalid`
 */
export function decryptionKeys(pairs: readonly KeyPair[] | undefined, cache: KeyCache): readonly KeyObject[] {
  if (pairs === undefined || pairs.length === 0) throw keyMissing();
  if (pairs.length > MAX_KEYS) throw invalidKeyPair(`There are more than ${MAX_KEYS} decryption keys.`);
  const keys = pairs.map(cache.privateKey);
  if (keys.every(({ asymmetricKeyType }) => asymmetricKeyType === "rsa")) return keys;
  throw invalidKeyPair("Decryption keys must be RSA.");
}

function keyMissing(): SamlError {
  return new SamlError("decryption_key_missing", "The response is encrypted, and this service has no key for it.", {
    hint: "Give the service decryption keys and the identity provider the certificate, or turn assertion encryption off there.",
  });
}
