/**
 * A key of ours and the certificate that tells others its public half. Signing keys and decryption keys have this form
 * both, and need not be the same.
 *
 * @module
 */
import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import { readSigningKey } from "./certificate.ts";
import { SamlError } from "./errors.ts";

export interface KeyPair {
  /** PKCS#8, PEM, without a passphrase. Leaves this process in no message, error or log. */
  readonly privateKey: string;
  /** X.509, PEM, of the same key. Published in our metadata. */
  readonly certificate: string;
}

/**
 * The private key, once it is known to be the one that the certificate speaks of: others use what is published.
 *
 * @param keyPair both in PEM
 * @throws {SamlError} `key_pair_invalid`
 * @example
 * const privateKey = readKeyPair({ privateKey: readFileSync("sp.key.pem", "utf8"), certificate: readFileSync("sp.crt.pem", "utf8") });
 */
export function readKeyPair({ privateKey, certificate }: KeyPair): KeyObject {
  const key = parsePrivateKey(privateKey);
  if (createPublicKey(key).equals(publicKeyOf(certificate))) return key;
  throw invalidKeyPair("The private key is not the one of the certificate.");
}

function parsePrivateKey(pem: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch {
    // No cause: what it says of a key belongs in no log.
    throw invalidKeyPair("The private key cannot be read.");
  }
}

function publicKeyOf(certificate: string): KeyObject {
  try {
    return readSigningKey(certificate).key;
  } catch (cause) {
    throw invalidKeyPair("The certificate cannot be used.", cause);
  }
}

/** @param message what is wrong, without anything of the key */
export function invalidKeyPair(message: string, cause?: unknown): SamlError {
  return new SamlError("key_pair_invalid", `A key pair of this service is not usable. ${message}`, {
    hint: "Give a PKCS#8 private key in PEM, without a passphrase, and its own X.509 certificate: RSA with 2048 bits or more, or EC.",
    cause,
  });
}
