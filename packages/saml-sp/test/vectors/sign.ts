import { createHash, createHmac, type KeyObject, sign } from "node:crypto";
import { DOMParser, type Element } from "@xmldom/xmldom";
import { SignedXml } from "xml-crypto";
import { exclusiveC14n } from "./exclusive-c14n.ts";
import { KEYS, type KeyPair } from "./keys.ts";
import { elementRanges, type rangeOf, replaceContent, splice } from "./tag-index.ts";

export const EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#";
export const ENVELOPED = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
export const RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
export const SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256";

const HASHES: Readonly<Record<string, string>> = { sha1: "sha1", sha256: "sha256", sha384: "sha384", sha512: "sha512" };

/** How a signature is made; every part may be wrong on purpose. */
export interface SignOptions {
  readonly keys: KeyPair;
  readonly signatureMethod: string;
  readonly digestMethod: string;
  readonly canonicalizationMethod: string;
  readonly transforms: readonly string[];
  readonly prefixList: string | undefined;
  readonly uri: string | undefined;
  /** Inner XML; undefined leaves KeyInfo out. */
  readonly keyInfoXml: string | undefined;
  /** Signs with HMAC and this secret. */
  readonly hmacSecret: string | Uint8Array | undefined;
  readonly wrapBase64: boolean;
}

export type Sign = (xml: string, id: string, options?: Partial<SignOptions>) => string;

export const DEFAULTS: SignOptions = {
  keys: KEYS.idpA,
  signatureMethod: RSA_SHA256,
  digestMethod: SHA256,
  canonicalizationMethod: EXCLUSIVE,
  transforms: [ENVELOPED, EXCLUSIVE],
  prefixList: undefined,
  uri: undefined,
  keyInfoXml: x509Data(KEYS.idpA.certificate),
  hmacSecret: undefined,
  wrapBase64: false,
};

export function x509Data(certificate: string): string {
  const base64 = certificate.replace(/-----[^-]+-----|\s/g, "");
  return `<ds:X509Data><ds:X509Certificate>${base64}</ds:X509Certificate></ds:X509Data>`;
}

/** The own signer: own canonicalization, own signature, spliced into the text behind the issuer. */
export const signOwn: Sign = (xml, id, overrides = {}) => {
  const options = { ...DEFAULTS, ...overrides };
  const digest = createHash(hashOf(options.digestMethod))
    .update(exclusiveC14n(elementById(xml, id), prefixesOf(options)))
    .digest("base64");
  const placed = insertSignature(xml, id, signatureTemplate(options, options.uri ?? `#${id}`, digest));
  const nth = signatureIndex(placed, id);
  const signedInfo = exclusiveC14n(
    directChild(elementById(placed, id), "Signature", "SignedInfo"),
    prefixesOf(options),
  );
  return replaceContent(placed, "SignatureValue", wrapped(signatureValue(signedInfo, options), options), nth);
};

/** The same with xml-crypto, of which only the signature is taken, as it would write the document anew. */
export const signWithXmlCrypto: Sign = (xml, id, overrides = {}) => {
  const options = { ...DEFAULTS, ...overrides };
  const signer = new SignedXml({
    privateKey: options.keys.privatePem,
    signatureAlgorithm: options.signatureMethod as never,
    canonicalizationAlgorithm: options.canonicalizationMethod as never,
    getKeyInfoContent: () => options.keyInfoXml ?? null,
  });
  signer.addReference({
    xpath: `//*[@ID='${id}']`,
    transforms: [...options.transforms] as never,
    digestAlgorithm: options.digestMethod as never,
    ...(options.prefixList === undefined ? {} : { inclusiveNamespacesPrefixList: [...prefixesOf(options)] }),
  });
  signer.computeSignature(xml, { prefix: "ds", location: { reference: `//*[@ID='${id}']`, action: "prepend" } });
  return insertSignature(xml, id, signer.getSignatureXml());
};

function hashOf(uri: string): string {
  const name = /(sha\d+)$/i.exec(uri)?.[1]?.toLowerCase() ?? "";
  return HASHES[name] ?? "sha256";
}

function prefixesOf({ prefixList }: SignOptions): readonly string[] {
  return prefixList?.split(" ") ?? [];
}

function signatureTemplate(options: SignOptions, uri: string, digest: string): string {
  const { canonicalizationMethod, signatureMethod, digestMethod, transforms, prefixList, keyInfoXml } = options;
  const inclusive =
    prefixList === undefined ? "" : `<ec:InclusiveNamespaces xmlns:ec="${EXCLUSIVE}" PrefixList="${prefixList}"/>`;
  const method = (name: string, algorithm: string, content = "") =>
    `<ds:${name} Algorithm="${algorithm}">${content}</ds:${name}>`;
  return [
    `<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo>`,
    method("CanonicalizationMethod", canonicalizationMethod, inclusive),
    method("SignatureMethod", signatureMethod),
    `<ds:Reference URI="${uri}"><ds:Transforms>`,
    ...transforms.map((transform) => method("Transform", transform, transform === EXCLUSIVE ? inclusive : "")),
    `</ds:Transforms>`,
    method("DigestMethod", digestMethod),
    `<ds:DigestValue>${wrapped(digest, options)}</ds:DigestValue></ds:Reference></ds:SignedInfo><ds:SignatureValue></ds:SignatureValue>`,
    keyInfoXml === undefined ? "" : `<ds:KeyInfo>${keyInfoXml}</ds:KeyInfo>`,
    `</ds:Signature>`,
  ].join("");
}

function wrapped(base64: string, { wrapBase64 }: SignOptions): string {
  return wrapBase64 ? `\n${base64.replace(/(.{20})/g, "$1\n  ")}\n` : base64;
}

function signatureValue(signedInfo: string, { keys, hmacSecret, signatureMethod }: SignOptions): string {
  const hash = hashOf(signatureMethod);
  if (hmacSecret !== undefined) return createHmac(hash, hmacSecret).update(signedInfo).digest("base64");
  const key: { key: KeyObject; dsaEncoding: "ieee-p1363" } = { key: keys.privateKey, dsaEncoding: "ieee-p1363" };
  return sign(hash, Buffer.from(signedInfo), key).toString("base64");
}

function insertSignature(xml: string, id: string, signature: string): string {
  const parent = rangeWithId(xml, id);
  const issuer = elementRanges(xml).find(
    ({ localName, depth, start }) => localName === "Issuer" && depth === parent.depth + 1 && start > parent.start,
  );
  const at = issuer?.end ?? parent.contentStart;
  return splice(xml, at, at, signature);
}

/** Which of the document's signatures is the element's own. */
function signatureIndex(xml: string, id: string): number {
  const parent = rangeWithId(xml, id);
  const signatures = elementRanges(xml).filter(({ localName }) => localName === "SignatureValue");
  return signatures.findIndex(({ start, depth }) => start > parent.start && depth === parent.depth + 2);
}

function rangeWithId(xml: string, id: string): ReturnType<typeof rangeOf> {
  const range = elementRanges(xml).find(({ start, contentStart }) =>
    xml.slice(start, contentStart).includes(`ID="${id}"`),
  );
  if (range === undefined) throw new TypeError(`no element with the ID ${id}`);
  return range;
}

export function parseLoosely(xml: string): Element {
  const normalizeLineEndings = (text: string) => text.replace(/\r\n?/g, "\n");
  const root = new DOMParser({ normalizeLineEndings, onError: () => {} }).parseFromString(
    xml,
    "text/xml",
  ).documentElement;
  if (root === null) throw new TypeError("no document");
  return root;
}

function elementById(xml: string, id: string): Element {
  const root = parseLoosely(xml);
  const found = [root, ...Array.from(root.getElementsByTagName("*"))].find(
    (element) => element.getAttribute("ID") === id,
  );
  if (found === undefined) throw new TypeError(`no element with the ID ${id}`);
  return found;
}

function directChild(element: Element, ...path: readonly string[]): Element {
  return path.reduce((parent, localName) => {
    const child = Array.from(parent.childNodes).find((node) => node.localName === localName);
    if (child === undefined) throw new TypeError(`no child ${localName}`);
    return child as Element;
  }, element);
}
