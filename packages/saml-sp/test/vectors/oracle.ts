import { SignedXml } from "xml-crypto";
import { createKeyCache } from "../../src/key-cache.ts";
import { readMessage } from "../../src/response-message.ts";
import { verifySignature } from "../../src/signature.ts";
import { signingKeys } from "../../src/signing-keys.ts";
import { parseXml } from "../../src/xml.ts";
import { exclusiveC14n } from "./exclusive-c14n.ts";
import { NOW } from "./response-builder.ts";
import { elementRanges } from "./tag-index.ts";

/** Invariant (b): what xml-crypto says was signed, one text per signature; undefined where it disagrees. */
export function oracleContents(xml: string, certificates: readonly string[]): readonly (string | undefined)[] {
  return elementRanges(xml)
    .filter(({ localName }) => localName === "Signature")
    .map(({ start, end }) =>
      certificates.map((certificate) => oracleContent(xml, xml.slice(start, end), certificate)).find(Boolean),
    );
}

function oracleContent(xml: string, signature: string, publicCert: string): string | undefined {
  const verifier = new SignedXml({ publicCert });
  verifier.loadSignature(signature);
  return isAccepted(verifier, xml) ? canonical(verifier.getSignedReferences()[0] ?? "") : undefined;
}

/** It throws for the wrong key, and returns false for the wrong content. */
function isAccepted(verifier: SignedXml, xml: string): boolean {
  try {
    return verifier.checkSignature(xml);
  } catch {
    return false;
  }
}

const CACHE = createKeyCache();

/** What this package says was signed, in the same order. */
export function verifiedContents(xml: string, certificates: readonly string[], acceptSha1: boolean): readonly string[] {
  const { response, responseSignature, assertion, assertionSignature } = readMessage(parseXml(xml));
  const trust = { keys: signingKeys(certificates, CACHE), now: NOW, acceptSha1, acceptExpiredCertificates: false };
  return [
    responseSignature && verifySignature(response, responseSignature, trust),
    assertion && assertionSignature && verifySignature(assertion, assertionSignature, trust),
  ].flatMap((signed) => (signed === undefined ? [] : [exclusiveC14n(signed)]));
}

function canonical(xml: string): string {
  return exclusiveC14n(parseXml(xml));
}
