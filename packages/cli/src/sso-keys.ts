/**
 * `--sso-keys FILE`: what the host signs with and what assertions are encrypted for.
 *
 * @module
 */
import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import type { KeyPair } from "@muster/provisioning-engine";
import { CliError } from "./errors.ts";

/** As many as one service may publish. */
const MOST_PAIRS = 3;

/**
 * @param pem private keys without a passphrase and the certificate of each, in any order but that of the keys: the
 *   current one first, then the next
 * @throws {CliError} `unusable_keys`, which repeats nothing of the file
 */
export function readSsoKeys(pem: string): readonly KeyPair[] {
  const blocks = [...pem.matchAll(/-----BEGIN ([A-Z ]+)-----[^-]+-----END \1-----/g)];
  const keys = blocks.filter(([, label = ""]) => label.endsWith("PRIVATE KEY")).map(([block]) => readKey(block));
  const certificates = blocks.filter(([, label]) => label === "CERTIFICATE").map(([block]) => readCertificate(block));
  if (keys.length === 0) throw unusable("There is no private key in it.");
  if (keys.length > MOST_PAIRS) throw unusable(`There are ${keys.length} private keys in it, ${MOST_PAIRS} at most.`);
  return keys.map((key, index) => {
    const certificate = certificates.find((candidate) => candidate.checkPrivateKey(key));
    if (certificate === undefined) throw unusable(`The certificate of private key ${index + 1} is missing.`);
    return {
      privateKey: key.export({ type: "pkcs8", format: "pem" }).toString(),
      certificate: certificate.toString(),
    };
  });
}

/** RSA, because others encrypt for it as well. */
function readKey(block: string): KeyObject {
  const key = parsed(() => createPrivateKey(block), "A private key in it cannot be read, or has a passphrase.");
  if (key.asymmetricKeyType === "rsa") return key;
  throw unusable("A private key in it is not an RSA key.");
}

function readCertificate(block: string): X509Certificate {
  return parsed(() => new X509Certificate(block), "A certificate in it cannot be read.");
}

/** No cause: what it says of a key belongs in no log. */
function parsed<Value>(read: () => Value, message: string): Value {
  try {
    return read();
  } catch {
    throw unusable(message);
  }
}

function unusable(message: string): CliError {
  const fix = "Give a PEM file with an RSA private key and its X.509 certificate, for example as made by";
  const command =
    "openssl req -x509 -newkey rsa:2048 -nodes -days 1095 -subj /CN=localhost -keyout sso.pem -out sso.pem";
  return new CliError("unusable_keys", `--sso-keys: ${message} ${fix}\n  ${command}`);
}
