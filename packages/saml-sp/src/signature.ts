/**
 * Enveloped XML signatures over SAML elements (rules R8 and R10; SAML Core §5.4). The only place that can make a
 * `Signed` element, and the one import site of xml-crypto, of which only the canonicalization serves.
 *
 * @module
 */
import { createHash, type KeyObject, timingSafeEqual, verify } from "node:crypto";
import { ExclusiveCanonicalization } from "xml-crypto";
import { findDigestAlgorithm, findSignatureAlgorithm, type SignatureAlgorithm } from "./algorithms.ts";
import type { SigningKey } from "./certificate.ts";
import { SamlError, type SamlErrorCode, type SamlErrorOptions } from "./errors.ts";
import { presentedFingerprint } from "./presented-certificate.ts";
import { readSignature } from "./signature-parts.ts";
import { childrenNamed, type Element, parseXml } from "./xml.ts";
import type { XmlLimits } from "./xml-gate.ts";

declare const signed: unique symbol;

/** An element that was parsed from bytes which a trusted key signed. */
export type Signed = Element & { readonly [signed]: true };

/** Whom to believe, and how far. */
export interface Trust {
  readonly keys: readonly SigningKey[];
  readonly now: Date;
  /** Accepts RSA-SHA1 and SHA-1. */
  readonly acceptSha1: boolean;
  readonly acceptExpiredCertificates: boolean;
  /** Told of the key of each signature that holds. */
  readonly onSigner?: ((signer: SigningKey) => void) | undefined;
  /** Of what was signed; those of a response when absent. */
  readonly limits?: XmlLimits | undefined;
}

/**
 * Verifies the signature of an element and parses the signed bytes again, so that what is read is what was signed.
 *
 * @param parent the element that `signature` is a child of, and is taken out of: of two signatures the outer one, which
 *   covers the inner, comes first
 * @throws {SamlError} of stage `signature`
 */
export function verifySignature(parent: Element, signature: Element, trust: Trust): Signed {
  const parts = readSignature(parent, signature);
  const method = signatureAlgorithm(parts.signatureMethod, trust);
  const hash = digestAlgorithm(parts.digestMethod, trust);
  const signedInfo = canonicalize(parts.signedInfo, parts.signedInfoPrefixes);
  // The enveloped-signature transform (XML Signature §6.6.4).
  parent.removeChild(signature);
  const content = canonicalize(parent, parts.contentPrefixes);
  checkDigest(content, hash, parts.digest);
  checkSigner(signature, signersOf(signedInfo, method, parts.value, trust), trust);
  return parseXml(content, trust.limits) as Signed;
}

/** What is within signed bytes is signed. */
export function signedChildren(parent: Signed, namespace: string, localName: string): readonly Signed[] {
  return childrenNamed(parent, namespace, localName) as readonly Signed[];
}

/**
 * What a signed ciphertext decrypts to is what was signed: nothing else goes into it but our own key.
 *
 * @param decrypt yields the plaintext of what it is given
 */
export function signedPlaintext(ciphertext: Signed, decrypt: (ciphertext: Element) => Element): Signed {
  return decrypt(ciphertext) as Signed;
}

/** A signature beside what it is over, as the HTTP-Redirect binding has it (SAML Bindings §3.4.4.1). */
export interface DetachedSignature {
  readonly octets: string;
  readonly algorithm: string | undefined;
  readonly value: Buffer;
}

/**
 * @param open yields the document that the octets carry; not asked before these are known to be genuine
 * @throws {SamlError} of stage `signature`, or what `open` throws
 */
export function verifyDetached(
  { octets, algorithm, value }: DetachedSignature,
  open: () => string,
  trust: Trust,
): Signed {
  checkSigner(undefined, signersOf(octets, signatureAlgorithm(algorithm, trust), value, trust), trust);
  return parseXml(open()) as Signed;
}

function signatureAlgorithm(uri: string | undefined, { acceptSha1 }: Trust): SignatureAlgorithm {
  const algorithm = findSignatureAlgorithm(uri, acceptSha1);
  if (algorithm !== undefined) return algorithm;
  throw refusal("signature_algorithm_refused", "The signature algorithm is not accepted.", {
    hint: "Choose RSA-SHA256 as the signature algorithm at the identity provider.",
    details: { received: knownAlgorithm(uri) },
  });
}

function digestAlgorithm(uri: string | undefined, { acceptSha1 }: Trust): string {
  const hash = findDigestAlgorithm(uri, acceptSha1);
  if (hash !== undefined) return hash;
  throw refusal("digest_algorithm_refused", "The digest algorithm is not accepted.", {
    hint: "Choose SHA-256 as the digest algorithm at the identity provider.",
    details: { received: knownAlgorithm(uri) },
  });
}

/** The library compares prefixes by the process's locale; canonical order is by code point (Canonical XML §2.3). */
const canonicalizer: ExclusiveCanonicalization = Object.assign(new ExclusiveCanonicalization(), {
  nsCompare: (left: { prefix: string }, right: { prefix: string }): number => (left.prefix < right.prefix ? -1 : 1),
});

function canonicalize(element: Element, prefixes: readonly string[]): string {
  const text = runCanonicalizer(element, prefixes);
  // The digest of an empty output is a constant that anybody can sign over.
  if (text?.startsWith(`<${element.tagName}`) === true) return text;
  throw refusal("canonicalization_failed", "The signed element has no canonical form.");
}

function runCanonicalizer(element: Element, prefixes: readonly string[]): string | undefined {
  type Input = Parameters<ExclusiveCanonicalization["process"]>[0];
  try {
    return canonicalizer.process(element as unknown as Input, {
      inclusiveNamespacesPrefixList: [...prefixes],
      ancestorNamespaces: prefixes.flatMap((prefix) => inheritedNamespace(element, prefix)),
    });
  } catch {
    return undefined;
  }
}

/** What an ancestor declares a prefix to be, unless the element itself does. */
function inheritedNamespace(
  element: Element,
  prefix: string,
): readonly { readonly prefix: string; readonly namespaceURI: string }[] {
  const declaration = `xmlns:${prefix}`;
  if (element.hasAttribute(declaration)) return [];
  for (let node = element.parentElement; node !== null; node = node.parentElement) {
    const namespaceURI = node.getAttribute(declaration);
    if (namespaceURI !== null) return [{ prefix, namespaceURI }];
  }
  return [];
}

function checkDigest(content: string, hash: string, expected: Buffer): void {
  const actual = createHash(hash).update(content, "utf8").digest();
  if (actual.length === expected.length && timingSafeEqual(actual, expected)) return;
  throw refusal("digest_mismatch", "The document was changed after it was signed.");
}

function signersOf(
  signedInfo: string,
  method: SignatureAlgorithm,
  value: Buffer,
  { keys }: Trust,
): readonly SigningKey[] {
  const bytes = Buffer.from(signedInfo, "utf8");
  return keys.filter(({ key }) => isSignedBy(key, method, bytes, value));
}

/** @param signature may present a certificate, for the log; a detached one does not */
function checkSigner(signature: Element | undefined, signers: readonly SigningKey[], trust: Trust): void {
  const [signer] = signers;
  if (signer === undefined) {
    throw refusal("signature_invalid", "The signature is not by the identity provider that this sign-in trusts.", {
      hint: "If the identity provider has a new signing certificate, add it to the connection.",
      details: {
        expected: trust.keys.map(({ fingerprint }) => fingerprint).join(" "),
        received: (signature && presentedFingerprint(signature)) ?? "none",
      },
    });
  }
  const valid = trust.acceptExpiredCertificates ? signer : signers.find(({ notAfter }) => notAfter > trust.now);
  if (valid === undefined) {
    throw refusal("certificate_expired", "The identity provider's signing certificate has expired.", {
      hint: "Create a new signing certificate at the identity provider and add it to the connection.",
      details: { certificate: signer.fingerprint, notAfter: signer.notAfter.toISOString() },
    });
  }
  trust.onSigner?.(valid);
}

function isSignedBy(key: KeyObject, method: SignatureAlgorithm, bytes: Buffer, value: Buffer): boolean {
  // A key of another kind would make the same bytes mean something else.
  if (key.asymmetricKeyType !== method.keyType) return false;
  return verify(method.hash, bytes, { key, dsaEncoding: "ieee-p1363" }, value) === true;
}

/** Nothing is verified yet: what is no name of an algorithm stays out of the log. */
function knownAlgorithm(uri: string | undefined): string {
  return /^http:\/\/www\.w3\.org\/[\w./#-]{1,100}$/.exec(uri ?? "")?.[0] ?? "unknown";
}

function refusal(code: SamlErrorCode, message: string, options?: SamlErrorOptions): SamlError {
  return new SamlError(code, message, options);
}
