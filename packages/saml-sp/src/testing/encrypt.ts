/**
 * Encryption of SAML elements for documents of this package's own making (SAML Core §2.3.4, XML Encryption §3), with
 * what services should accept and with what none should.
 *
 * @module
 */
import { constants, createCipheriv, publicEncrypt, randomBytes } from "node:crypto";
import { keyInfo } from "../key-info.ts";
import { element, writeXml, type XmlElement } from "../xml-writer.ts";

/** The first two need no signature around them; CBC does. */
export type TestContentEncryption = "aes256-gcm" | "aes128-gcm" | "aes256-cbc" | "aes128-cbc";

/** The last is what no service may accept. */
export type TestKeyTransport = "rsa-oaep-sha1" | "rsa-oaep-sha256" | "rsa-1_5";

/** What a response has encrypted, and how. Unlike all else of it, ciphertext is another at every run. */
export interface TestEncryption {
  /** The whole assertion when absent. */
  readonly parts?: readonly ("assertion" | "name-id" | "attributes")[];
  /** PEM; that of the service's first decryption key when absent, or of a public pair when it has none. */
  readonly certificate?: string;
  /** `aes256-gcm` when absent. */
  readonly content?: TestContentEncryption;
  /** `rsa-oaep-sha1` when absent: the default of most products. */
  readonly keyTransport?: TestKeyTransport;
  /** Where the encrypted key is: `within` the data when absent, or `beside` it with a reference. */
  readonly placement?: "within" | "beside";
  /** Of AES-GCM; 16 when absent, and whoever accepts fewer can be fooled. */
  readonly tagBytes?: 4 | 16;
}

/** How, with nothing left open. */
export interface Encrypter extends TestEncryption {
  readonly certificate: string;
  /** Makes the ids by which a key beside the data is found. */
  readonly newId: () => string;
}

/** @param target becomes the content of a `saml:Encrypted…` element */
export function encryptElement(target: XmlElement, encrypter: Encrypter): XmlElement {
  const { content = "aes256-gcm", placement = "within" } = encrypter;
  const contentKey = randomBytes(CONTENT[content].keyBytes);
  const id = encrypter.newId();
  const key = encryptedKey(contentKey, id, encrypter);
  const reference = element("ds:RetrievalMethod", { Type: `${XENC}EncryptedKey`, URI: `#${id}` });
  const data = element(
    "xenc:EncryptedData",
    { Type: `${XENC}Element` },
    element("xenc:EncryptionMethod", { Algorithm: CONTENT[content].uri }),
    element("ds:KeyInfo", {}, placement === "within" ? key : reference),
    cipherData(encryptContent(writeXml(target), contentKey, encrypter)),
  );
  return element(wrapperOf(target), {}, data, placement === "within" ? undefined : key);
}

/** The element with each descendant of one name encrypted in its place. */
export function encryptDescendants(parent: XmlElement, name: string, encrypter: Encrypter): XmlElement {
  const children = parent.children.map((child) => {
    if (typeof child === "string") return child;
    return child.name === name ? encryptElement(child, encrypter) : encryptDescendants(child, name, encrypter);
  });
  return { ...parent, children };
}

const XENC = "http://www.w3.org/2001/04/xmlenc#";
const XENC11 = "http://www.w3.org/2009/xmlenc11#";

const CONTENT = {
  "aes256-gcm": { uri: `${XENC11}aes256-gcm`, cipher: "aes-256-gcm", keyBytes: 32 },
  "aes128-gcm": { uri: `${XENC11}aes128-gcm`, cipher: "aes-128-gcm", keyBytes: 16 },
  "aes256-cbc": { uri: `${XENC}aes256-cbc`, cipher: "aes-256-cbc", keyBytes: 32 },
  "aes128-cbc": { uri: `${XENC}aes128-cbc`, cipher: "aes-128-cbc", keyBytes: 16 },
} as const;

/** SAML Core §2.2.4, §2.3.4, §2.7.3.2. */
function wrapperOf({ name }: XmlElement): string {
  return name === "saml:NameID" ? "saml:EncryptedID" : name.replace("saml:", "saml:Encrypted");
}

function encryptedKey(contentKey: Buffer, id: string, { certificate, keyTransport }: Encrypter): XmlElement {
  const { method, wrap } = TRANSPORTS[keyTransport ?? "rsa-oaep-sha1"];
  return element(
    "xenc:EncryptedKey",
    { Id: id },
    method,
    keyInfo(certificate),
    cipherData(publicEncrypt({ key: certificate, ...wrap }, contentKey)),
  );
}

const TRANSPORTS = {
  "rsa-oaep-sha1": {
    method: element("xenc:EncryptionMethod", { Algorithm: `${XENC}rsa-oaep-mgf1p` }),
    wrap: { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: "sha1" },
  },
  "rsa-oaep-sha256": {
    method: element(
      "xenc:EncryptionMethod",
      { Algorithm: `${XENC11}rsa-oaep` },
      element("ds:DigestMethod", { Algorithm: `${XENC}sha256` }),
      element("xenc11:MGF", { Algorithm: `${XENC11}mgf1sha256` }),
    ),
    wrap: { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: "sha256" },
  },
  "rsa-1_5": {
    method: element("xenc:EncryptionMethod", { Algorithm: `${XENC}rsa-1_5` }),
    wrap: { padding: constants.RSA_PKCS1_PADDING },
  },
} as const;

function cipherData(bytes: Buffer): XmlElement {
  return element("xenc:CipherData", {}, element("xenc:CipherValue", {}, bytes.toString("base64")));
}

/** XML Encryption 1.1 §5.2: the initialization vector comes first, the tag last. */
function encryptContent(xml: string, key: Buffer, { content = "aes256-gcm", tagBytes = 16 }: Encrypter): Buffer {
  const { cipher: name } = CONTENT[content];
  if (name === "aes-256-cbc" || name === "aes-128-cbc") {
    const iv = randomBytes(16);
    const cipher = createCipheriv(name, key, iv);
    return Buffer.concat([iv, cipher.update(xml, "utf8"), cipher.final()]);
  }
  const iv = randomBytes(12);
  const cipher = createCipheriv(name, key, iv, { authTagLength: tagBytes });
  return Buffer.concat([iv, cipher.update(xml, "utf8"), cipher.final(), cipher.getAuthTag()]);
}
