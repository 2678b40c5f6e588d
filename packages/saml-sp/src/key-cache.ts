/**
 * Keys that were parsed before. Parsing one costs more than verifying a signature with it, and settings are read anew
 * at each request. Found by the whole text that they were parsed from, so that no connection can meet another's key.
 *
 * @module
 */
import type { KeyObject } from "node:crypto";
import { readSigningKey, type SigningKey } from "./certificate.ts";
import { type KeyPair, readKeyPair } from "./key-pair.ts";

/** What is asked for keys; bounded, and forgets what was not asked for longest. */
export interface KeyCache {
  /** @throws {SamlError} as `readCertificates` */
  signingKey(certificate: string): SigningKey;
  /** @throws {SamlError} `key_pair_invalid` */
  privateKey(pair: KeyPair): KeyObject;
}

const MAX_KEYS = 1_000;

/**
 * A cache for `validateResponse`, to be kept as long as the process. `createSamlHandler` has one of its own.
 *
 * @example
 * const keyCache = createKeyCache();
 * const claims = await validateResponse(form.get("SAMLResponse"), { ...options, keyCache });
 */
export function createKeyCache(): KeyCache {
  const signingKeys = remembering(readSigningKey, (certificate) => certificate);
  const privateKeys = remembering(readKeyPair, ({ privateKey, certificate }) => `${privateKey}\n${certificate}`);
  return { signingKey: signingKeys, privateKey: privateKeys };
}

/** What cannot be read is not remembered. */
function remembering<Input, Output>(
  read: (input: Input) => Output,
  textOf: (input: Input) => string,
): (input: Input) => Output {
  const known = new Map<string, { readonly output: Output }>();
  return (input) => {
    const text = textOf(input);
    const entry = known.get(text) ?? { output: read(input) };
    // A map keeps the order of insertion: the last is the one that was asked for last.
    known.delete(text);
    known.set(text, entry);
    for (const oldest of known.keys()) {
      if (known.size <= MAX_KEYS) break;
      known.delete(oldest);
    }
    return entry.output;
  };
}
