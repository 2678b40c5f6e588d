/**
 * What `xmlsec1` fills in: a signature without values, and encrypted data without ciphertext. Pure.
 *
 * @module
 */

const DSIG = "http://www.w3.org/2000/09/xmldsig#";
const XENC = "http://www.w3.org/2001/04/xmlenc#";
const XENC11 = "http://www.w3.org/2009/xmlenc11#";
const MORE = "http://www.w3.org/2001/04/xmldsig-more#";
const EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#";

export interface SignatureTerms {
  readonly algorithm: "rsa-sha256" | "rsa-sha384" | "rsa-sha512" | "ecdsa-sha256";
  readonly digest: "sha256" | "sha512";
  /** Of both canonicalizations (Exclusive XML Canonicalization §2.1). */
  readonly prefixList?: string;
}

/**
 * The document with an empty signature in the first element of a name, after its issuer (SAML Core §5.4).
 *
 * @throws {Error} for a document without such an element
 */
export function signatureTemplate(xml: string, target: string, terms: SignatureTerms): string {
  const [start, id] = new RegExp(`<\\w+:${target} [^>]*\\bID="([^"]+)"`).exec(xml) ?? [];
  const issuer = "</saml:Issuer>";
  const at = start === undefined ? -1 : xml.indexOf(issuer, xml.indexOf(start));
  if (id === undefined || at === -1) throw new Error(`The document has no ${target} with an issuer.`);
  const end = at + issuer.length;
  return xml.slice(0, end) + signature(id, terms) + xml.slice(end);
}

function signature(id: string, { algorithm, digest, prefixList }: SignatureTerms): string {
  const inclusive =
    prefixList === undefined ? "" : `<ec:InclusiveNamespaces xmlns:ec="${EXCLUSIVE}" PrefixList="${prefixList}"/>`;
  return [
    `<ds:Signature xmlns:ds="${DSIG}"><ds:SignedInfo>`,
    `<ds:CanonicalizationMethod Algorithm="${EXCLUSIVE}">${inclusive}</ds:CanonicalizationMethod>`,
    `<ds:SignatureMethod Algorithm="${MORE}${algorithm}"/>`,
    `<ds:Reference URI="#${id}"><ds:Transforms>`,
    `<ds:Transform Algorithm="${DSIG}enveloped-signature"/>`,
    `<ds:Transform Algorithm="${EXCLUSIVE}">${inclusive}</ds:Transform></ds:Transforms>`,
    `<ds:DigestMethod Algorithm="${XENC}${digest}"/><ds:DigestValue/></ds:Reference>`,
    "</ds:SignedInfo><ds:SignatureValue/><ds:KeyInfo><ds:X509Data/></ds:KeyInfo></ds:Signature>",
  ].join("");
}

/** Metadata with an id, and with an empty signature as its first child (SAML Metadata §2.3.2). */
export function metadataTemplate(xml: string, terms: SignatureTerms): string {
  return xml.replace(/<md:EntityDescriptor([^>]*)>/, (_, attributes) => {
    return `<md:EntityDescriptor ID="_metadata"${attributes}>${signature("_metadata", terms)}`;
  });
}

/** The assertion within the element that encrypted ones belong into (SAML Core §2.3.4). */
export function wrappedForEncryption(xml: string): string {
  const namespace = `xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"`;
  return xml
    .replace("<saml:Assertion", `<saml:EncryptedAssertion ${namespace}><saml:Assertion`)
    .replace("</saml:Assertion>", "</saml:Assertion></saml:EncryptedAssertion>");
}

export function encryptionTemplate(content: "aes128-gcm" | "aes256-gcm"): string {
  return [
    `<xenc:EncryptedData xmlns:xenc="${XENC}" Type="${XENC}Element">`,
    `<xenc:EncryptionMethod Algorithm="${XENC11}${content}"/>`,
    `<ds:KeyInfo xmlns:ds="${DSIG}"><xenc:EncryptedKey>`,
    `<xenc:EncryptionMethod Algorithm="${XENC}rsa-oaep-mgf1p"/>`,
    "<xenc:CipherData><xenc:CipherValue/></xenc:CipherData></xenc:EncryptedKey></ds:KeyInfo>",
    "<xenc:CipherData><xenc:CipherValue/></xenc:CipherData></xenc:EncryptedData>",
  ].join("");
}
