/**
 * Enveloped XML signatures (XML Signature §3.1) for documents of this package's own making. They are written in
 * canonical form, so that signing them needs no canonicalization.
 *
 * @module
 */
import { createHash, createHmac, sign } from "node:crypto";
import { keyInfo } from "../key-info.ts";
import { element, writeXml, type XmlElement } from "../xml-writer.ts";
import type { TestKeyPair } from "./keys.ts";

/** The first is what everybody uses, the second what no service should accept, the third what none may accept. */
export type TestSignatureAlgorithm = "rsa-sha256" | "rsa-sha1" | "hmac-sha256";

const EXCLUSIVE_C14N = "http://www.w3.org/2001/10/xml-exc-c14n#";
const ENVELOPED = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";

const ALGORITHMS = {
  "rsa-sha256": {
    signature: "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
    digest: "http://www.w3.org/2001/04/xmlenc#sha256",
    hash: "sha256",
  },
  "rsa-sha1": {
    signature: "http://www.w3.org/2000/09/xmldsig#rsa-sha1",
    digest: "http://www.w3.org/2000/09/xmldsig#sha1",
    hash: "sha1",
  },
  "hmac-sha256": {
    signature: "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256",
    digest: "http://www.w3.org/2001/04/xmlenc#sha256",
    hash: "sha256",
  },
} as const;

/** Who signs, and how. */
export interface TestSigner {
  readonly keys: TestKeyPair;
  readonly algorithm: TestSignatureAlgorithm;
}

/** @param target must have an `ID` */
export function signElement(target: XmlElement, signer: TestSigner): XmlElement {
  return withSignature(target, signatureOver(target, signer));
}

/** Puts a signature after the first child, the issuer, where SAML Core §5.4 wants it. */
export function withSignature(target: XmlElement, signature: XmlElement): XmlElement {
  return { ...target, children: [...target.children.slice(0, 1), signature, ...target.children.slice(1)] };
}

/** A `ds:Signature` that is not put anywhere yet. */
export function signatureOver(target: XmlElement, signer: TestSigner): XmlElement {
  const signedInfo = signedInfoOver(target, signer.algorithm);
  return element(
    "ds:Signature",
    {},
    signedInfo,
    element("ds:SignatureValue", {}, signatureValue(writeXml(signedInfo), signer)),
    keyInfo(signer.keys.certificate),
  );
}

function signedInfoOver(target: XmlElement, algorithm: TestSignatureAlgorithm): XmlElement {
  const { signature, digest, hash } = ALGORITHMS[algorithm];
  const transforms = [ENVELOPED, EXCLUSIVE_C14N].map((uri) => element("ds:Transform", { Algorithm: uri }));
  return element(
    "ds:SignedInfo",
    {},
    element("ds:CanonicalizationMethod", { Algorithm: EXCLUSIVE_C14N }),
    element("ds:SignatureMethod", { Algorithm: signature }),
    element(
      "ds:Reference",
      { URI: `#${target.attributes.ID}` },
      element("ds:Transforms", {}, ...transforms),
      element("ds:DigestMethod", { Algorithm: digest }),
      element("ds:DigestValue", {}, createHash(hash).update(writeXml(target)).digest("base64")),
    ),
  );
}

function signatureValue(signedInfo: string, { keys, algorithm }: TestSigner): string {
  const { hash } = ALGORITHMS[algorithm];
  // The key confusion attack: the certificate is public, so anybody can compute this.
  if (algorithm === "hmac-sha256") return createHmac(hash, keys.certificate).update(signedInfo).digest("base64");
  return sign(hash, Buffer.from(signedInfo), keys.privateKey).toString("base64");
}
