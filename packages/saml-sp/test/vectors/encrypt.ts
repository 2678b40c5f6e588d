import { constants, createCipheriv, createHash, publicEncrypt, randomBytes } from "node:crypto";
import { KEYS, type KeyPair } from "./keys.ts";
import { rangeOf, replaceElement, take } from "./tag-index.ts";

export const XENC = "http://www.w3.org/2001/04/xmlenc#";
export const XENC11 = "http://www.w3.org/2009/xmlenc11#";
const DS = "http://www.w3.org/2000/09/xmldsig#";

export const GCM_256: string = `${XENC11}aes256-gcm`;
export const CBC_256: string = `${XENC}aes256-cbc`;
export const OAEP_MGF1P: string = `${XENC}rsa-oaep-mgf1p`;
export const OAEP_11: string = `${XENC11}rsa-oaep`;
export const RSA_1_5: string = `${XENC}rsa-1_5`;

/** How an element is encrypted; every part may be wrong on purpose. */
export interface EncryptOptions {
  readonly keys: KeyPair;
  readonly contentMethod: string;
  readonly keyMethod: string;
  readonly digest: string | undefined;
  readonly mask: string | undefined;
  readonly label: string | undefined;
  readonly placement: "within" | "beside" | "unreferenced";
  /** Of the data; undefined leaves it out. */
  readonly type: string | undefined;
  readonly tagBytes: number;
  /** Of CBC, beyond the block that there may be at most. */
  readonly morePadding: number;
  /** Of what is written instead of the key, in XML. */
  readonly rewrite: (encrypted: string) => string;
  /** Of the text that is encrypted. */
  readonly plaintext: (xml: string) => string | Uint8Array;
}

const DEFAULTS: EncryptOptions = {
  keys: KEYS.sp1,
  contentMethod: GCM_256,
  keyMethod: OAEP_MGF1P,
  digest: undefined,
  mask: undefined,
  label: undefined,
  placement: "within",
  type: `${XENC}Element`,
  tagBytes: 16,
  morePadding: 0,
  rewrite: (xml) => xml,
  plaintext: (xml) => xml,
};

/** The text with one of its elements encrypted: `Assertion`, `NameID` or `Attribute`. */
export function encryptElement(
  xml: string,
  localName: string,
  overrides: Partial<EncryptOptions> = {},
  nth = 0,
): string {
  const options = { ...DEFAULTS, ...overrides };
  const plaintext = options.plaintext(take(xml, localName, nth));
  const wrapper = localName === "NameID" ? "EncryptedID" : `Encrypted${localName}`;
  const name = rangeOf(xml, localName, nth).name.replace(localName, wrapper);
  const prefix = name.includes(":") ? `:${name.slice(0, name.indexOf(":"))}` : "";
  const open = `<${name} xmlns${prefix}="urn:oasis:names:tc:SAML:2.0:assertion">`;
  return replaceElement(xml, localName, options.rewrite(`${open}${encryptedParts(plaintext, options)}</${name}>`), nth);
}

function encryptedParts(plaintext: string | Uint8Array, options: EncryptOptions): string {
  const { contentMethod, placement, type } = options;
  const contentKey = randomBytes(keyBytesOf(contentMethod));
  const content = encryptContent(Buffer.from(plaintext), contentKey, options);
  const key = encryptedKey(contentKey, options);
  const reference = `<ds:RetrievalMethod Type="${XENC}EncryptedKey" URI="#_key"/>`;
  const info = { within: key, beside: reference, unreferenced: "<ds:KeyName>k</ds:KeyName>" }[placement];
  const data = [
    `<xenc:EncryptedData xmlns:xenc="${XENC}" Id="_data"${type === undefined ? "" : ` Type="${type}"`}>`,
    `<xenc:EncryptionMethod Algorithm="${contentMethod}"/>`,
    `<ds:KeyInfo xmlns:ds="${DS}">${info}</ds:KeyInfo>${cipherData(content)}</xenc:EncryptedData>`,
  ].join("");
  return placement === "within" ? data : data + key;
}

function encryptedKey(contentKey: Buffer, options: EncryptOptions): string {
  const { keyMethod, digest, mask, label } = options;
  const method = [
    label === undefined ? "" : `<xenc:OAEPparams>${Buffer.from(label).toString("base64")}</xenc:OAEPparams>`,
    digest === undefined ? "" : `<ds:DigestMethod xmlns:ds="${DS}" Algorithm="${digest}"/>`,
    mask === undefined ? "" : `<xenc11:MGF xmlns:xenc11="${XENC11}" Algorithm="${mask}"/>`,
  ].join("");
  return [
    `<xenc:EncryptedKey xmlns:xenc="${XENC}" Id="_key"><xenc:EncryptionMethod Algorithm="${keyMethod}">${method}</xenc:EncryptionMethod>`,
    `${cipherData(wrapKey(contentKey, options))}</xenc:EncryptedKey>`,
  ].join("");
}

function cipherData(bytes: Buffer): string {
  return `<xenc:CipherData><xenc:CipherValue>${bytes.toString("base64")}</xenc:CipherValue></xenc:CipherData>`;
}

function keyBytesOf(contentMethod: string): number {
  return contentMethod.includes("tripledes") ? 24 : Number(/aes(\d+)/.exec(contentMethod)?.[1] ?? 256) / 8;
}

function encryptContent(
  plaintext: Buffer,
  key: Buffer,
  { contentMethod, tagBytes, morePadding }: EncryptOptions,
): Buffer {
  if (contentMethod.includes("gcm")) {
    const iv = randomBytes(12);
    const cipher = createCipheriv(`aes-${key.length * 8}-gcm` as "aes-256-gcm", key, iv, { authTagLength: tagBytes });
    return Buffer.concat([iv, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
  }
  const blockBytes = contentMethod.includes("tripledes") ? 8 : 16;
  const iv = randomBytes(blockBytes);
  const name = blockBytes === 8 ? "des-ede3-cbc" : `aes-${key.length * 8}-cbc`;
  const padding = randomBytes(blockBytes - (plaintext.length % blockBytes) + morePadding);
  padding[padding.length - 1] = padding.length;
  const cipher = createCipheriv(name, key, iv).setAutoPadding(false);
  return Buffer.concat([iv, cipher.update(Buffer.concat([plaintext, padding])), cipher.final()]);
}

function wrapKey(contentKey: Buffer, { keys, keyMethod, digest, mask, label = "" }: EncryptOptions): Buffer {
  const key = keys.certificate;
  if (keyMethod === RSA_1_5) return publicEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, contentKey);
  const [hash, maskHash] = [hashOf(digest), hashOf(keyMethod === OAEP_11 ? mask : undefined)];
  const padding = constants.RSA_NO_PADDING;
  return publicEncrypt({ key, padding }, padOaep(contentKey, hash, maskHash, Buffer.from(label)));
}

function hashOf(uri: string | undefined): string {
  return /(sha\d+)$/.exec(uri ?? "sha1")?.[1] ?? "sha1";
}

/** RFC 8017 §7.1.1, for a modulus of 2048 bits. */
export function padOaep(message: Buffer, hash: string, maskHash: string, label: Buffer): Buffer {
  const labelHash = createHash(hash).update(label).digest();
  const zeros = Buffer.alloc(256 - message.length - 2 * labelHash.length - 2);
  const data = Buffer.concat([labelHash, zeros, Buffer.of(1), message]);
  const seed = randomBytes(labelHash.length);
  const maskedData = masked(data, seed, maskHash);
  return Buffer.concat([Buffer.alloc(1), masked(seed, maskedData, maskHash), maskedData]);
}

function masked(bytes: Buffer, seed: Buffer, hash: string): Buffer {
  const result = Buffer.from(bytes);
  for (let at = 0, counter = 0; at < result.length; counter += 1) {
    const block = createHash(hash)
      .update(seed)
      .update(Buffer.of(0, 0, 0, counter))
      .digest();
    for (const byte of block.subarray(0, result.length - at)) {
      result.writeUInt8(result.readUInt8(at) ^ byte, at);
      at += 1;
    }
  }
  return result;
}
