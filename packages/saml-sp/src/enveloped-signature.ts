/**
 * Enveloped XML signatures (XML Signature §3.1) over elements of our own making. These are written in canonical form, so
 * that signing them needs no canonicalization.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { keyInfo } from "./key-info.ts";
import { SIGNATURE_NAMESPACE } from "./namespaces.ts";
import { element, writeXml, type XmlElement } from "./xml-writer.ts";

/** How an element is signed. */
export interface EnvelopedSigner {
  /** The URI of the signature algorithm. */
  readonly algorithm: string;
  /** The URI of the digest algorithm, and its name in `node:crypto`. */
  readonly digest: { readonly algorithm: string; readonly hash: string };
  /** PEM. */
  readonly certificate: string;
  /** @returns the signature value, base64 */
  sign(octets: string): string;
}

const EXCLUSIVE_C14N = "http://www.w3.org/2001/10/xml-exc-c14n#";
const ENVELOPED = `${SIGNATURE_NAMESPACE}enveloped-signature`;

/** @param target must have an `ID`, and an issuer as its first child */
export function signElement(target: XmlElement, signer: EnvelopedSigner): XmlElement {
  return withSignature(target, signatureOver(target, signer));
}

/** Puts a signature after the first child, the issuer, where SAML Core §5.4 wants it. */
export function withSignature(target: XmlElement, signature: XmlElement): XmlElement {
  return { ...target, children: [...target.children.slice(0, 1), signature, ...target.children.slice(1)] };
}

/** A `ds:Signature` that is not put anywhere yet. */
export function signatureOver(target: XmlElement, signer: EnvelopedSigner): XmlElement {
  const signedInfo = signedInfoOver(target, signer);
  return element(
    "ds:Signature",
    {},
    signedInfo,
    element("ds:SignatureValue", {}, signer.sign(writeXml(signedInfo))),
    keyInfo(signer.certificate),
  );
}

function signedInfoOver(target: XmlElement, { algorithm, digest }: EnvelopedSigner): XmlElement {
  const transforms = [ENVELOPED, EXCLUSIVE_C14N].map((uri) => element("ds:Transform", { Algorithm: uri }));
  return element(
    "ds:SignedInfo",
    {},
    element("ds:CanonicalizationMethod", { Algorithm: EXCLUSIVE_C14N }),
    element("ds:SignatureMethod", { Algorithm: algorithm }),
    element(
      "ds:Reference",
      { URI: `#${target.attributes.ID}` },
      element("ds:Transforms", {}, ...transforms),
      element("ds:DigestMethod", { Algorithm: digest.algorithm }),
      element("ds:DigestValue", {}, createHash(digest.hash).update(writeXml(target)).digest("base64")),
    ),
  );
}
