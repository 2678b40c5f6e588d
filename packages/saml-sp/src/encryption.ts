/**
 * Decryption (rule R11; XML Encryption §4). Yields what nobody has signed yet: only `response-signatures.ts` and
 * `signature.ts` say what of it may be believed. Whatever goes wrong, the error is the same.
 *
 * @module
 */
import { createDecipheriv, type KeyObject, randomBytes } from "node:crypto";
import { decryptionFailed } from "./decryption-failure.ts";
import { type EncryptedParts, readEncryptedParts } from "./encrypted-parts.ts";
import { type ContentAlgorithm, findContentAlgorithm, findOaepHashes } from "./encryption-algorithms.ts";
import type { SamlErrorDetails } from "./errors.ts";
import { unwrapKey } from "./key-transport.ts";
import { ASSERTION_NAMESPACE, SCHEMA_INSTANCE_NAMESPACE } from "./namespaces.ts";
import { childElements, type Element, hasElementContentOnly, isNamed, namespacesInScope, parseXml } from "./xml.ts";
import { escapeAttribute } from "./xml-writer.ts";

/** With what to decrypt, and how far to go. */
export interface Decryption {
  /** @throws {SamlError} `decryption_key_missing`, `key_pair_invalid` */
  readonly keys: () => readonly KeyObject[];
  /** `insecureAcceptCbcEncryption` of the connection. */
  readonly acceptUnsignedCbc: boolean;
}

/**
 * Decrypts an element and makes something of it. Whatever `use` throws becomes the same error as well, so that nobody
 * can tell a plaintext that makes no sense from none at all.
 *
 * @param wrapper an `EncryptedAssertion`, `EncryptedID` or `EncryptedAttribute`
 * @param isSigned whether a signature over the ciphertext was verified
 * @throws {SamlError} `decryption_failed`, or those of `decryption.keys`
 */
export function decryptElement<Result>(
  wrapper: Element,
  isSigned: boolean,
  decryption: Decryption,
  use: (plaintext: Element) => Result,
): Result {
  const keys = decryption.keys();
  const parts = readEncryptedParts(wrapper);
  try {
    const bytes = decryptParts(parts, keys, isSigned || decryption.acceptUnsignedCbc);
    return use(parsePlaintext(bytes, wrapper));
  } catch (cause) {
    throw decryptionFailed(namedBy(parts), cause);
  }
}

/**
 * An element of a signed assertion: the ciphertext is within what was signed.
 *
 * @param localName of the SAML element that it must be
 * @throws {SamlError} `decryption_failed`, or those of `decryption.keys`
 */
export function decryptWithinAssertion(wrapper: Element, localName: string, decryption: Decryption): Element {
  return decryptElement(wrapper, true, decryption, (plaintext) => {
    if (isNamed(plaintext, ASSERTION_NAMESPACE, localName)) return plaintext;
    throw decryptionFailed();
  });
}

const MAX_LOGGED_CHARACTERS = 128;

function namedBy({ contentMethod, keyMethod }: EncryptedParts): SamlErrorDetails {
  const named = { content: contentMethod, key: keyMethod.algorithm, digest: keyMethod.digest, mask: keyMethod.mask };
  return Object.fromEntries(
    Object.entries(named).flatMap(([name, uri]) =>
      uri === undefined ? [] : [[name, uri.slice(0, MAX_LOGGED_CHARACTERS)]],
    ),
  );
}

function decryptParts(parts: EncryptedParts, keys: readonly KeyObject[], acceptCbc: boolean): Buffer {
  const algorithm = findContentAlgorithm(parts.contentMethod, acceptCbc);
  const hashes = findOaepHashes(parts.keyMethod);
  if (algorithm === undefined || hashes === undefined) throw decryptionFailed();
  const wrapped = { hashes, label: parts.label, bytes: parts.key };
  const contentKey = firstDefined(keys, (key) => unwrapKey(wrapped, key, algorithm.keyBytes));
  // With a key that fits nothing the rest takes the same way, and fails.
  return decryptContent(parts.content, algorithm, contentKey ?? randomBytes(algorithm.keyBytes));
}

function firstDefined<Item, Result>(items: readonly Item[], find: (item: Item) => Result | undefined) {
  for (const item of items) {
    const result = find(item);
    if (result !== undefined) return result;
  }
  return undefined;
}

const GCM_IV_BYTES = 12;
/** All of it: a shorter tag can be guessed. */
const GCM_TAG_BYTES = 16;
const CBC_BLOCK_BYTES = 16;

/** XML Encryption 1.1 §5.2: the initialization vector comes first, the tag last. */
function decryptContent(bytes: Buffer, { mode, cipher }: ContentAlgorithm, key: Buffer): Buffer {
  if (mode === "cbc") return decryptCbc(bytes, cipher, key);
  const end = bytes.length - GCM_TAG_BYTES;
  const iv = bytes.subarray(0, GCM_IV_BYTES);
  const decipher = createDecipheriv(cipher, key, iv, { authTagLength: GCM_TAG_BYTES });
  decipher.setAuthTag(bytes.subarray(end));
  return Buffer.concat([decipher.update(bytes.subarray(GCM_IV_BYTES, end)), decipher.final()]);
}

/** XML Encryption 1.1 §5.2.3: the last octet says how many were added; what the others are is left open. */
function decryptCbc(bytes: Buffer, cipher: string, key: Buffer): Buffer {
  const decipher = createDecipheriv(cipher, key, bytes.subarray(0, CBC_BLOCK_BYTES)).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(bytes.subarray(CBC_BLOCK_BYTES)), decipher.final()]);
  const padding = padded.at(-1) ?? 0;
  if (padding < 1 || padding > CBC_BLOCK_BYTES) throw decryptionFailed();
  return padded.subarray(0, -padding);
}

/**
 * The canonical bytes of a signed response lack what is declared there and used in the plaintext only. Of these one
 * matters: it means what it means everywhere, and not what an unsigned declaration says.
 */
const CONVENTIONAL_PREFIXES = [["xmlns:xsi", SCHEMA_INSTANCE_NAMESPACE]] as const;

/**
 * The plaintext passes the same gate as every document (rules R1 to R4). It may use prefixes that are declared around
 * the place where it belongs, so it is read within an element that declares them.
 */
function parsePlaintext(bytes: Buffer, wrapper: Element): Element {
  const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  const scope = new Map([...CONVENTIONAL_PREFIXES, ...namespacesInScope(wrapper)]);
  const declarations = [...scope].map(([name, uri]) => ` ${name}="${escapeAttribute(uri)}"`);
  const context = parseXml(`<context${declarations.join("")}>${text}</context>`);
  const [element, ...more] = childElements(context);
  if (element === undefined || more.length > 0 || !hasElementContentOnly(context)) throw decryptionFailed();
  return element;
}
