/**
 * Enveloped XML signatures over SAML elements (rules R7, R8 and R10; SAML Core §5.4). The only place that can make a
 * `Signed` element, and the one import site of xml-crypto, of which only the canonicalization serves.
 *
 * @module
 */
import { createHash, timingSafeEqual, verify } from "node:crypto";
import { ExclusiveCanonicalization } from "xml-crypto";
import { findDigestAlgorithm, findSignatureAlgorithm, type SignatureAlgorithm } from "./algorithms.ts";
import { decodeBase64 } from "./base64.ts";
import { SamlError, type SamlErrorCode } from "./errors.ts";
import { SIGNATURE_NAMESPACE } from "./namespaces.ts";
import type { SigningKey } from "./signing-keys.ts";
import {
  attributeOf,
  childElements,
  childrenNamed,
  type Element,
  hasElementContentOnly,
  isNamed,
  parseXml,
  textOf,
} from "./xml.ts";

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
}

const EXCLUSIVE_C14N = "http://www.w3.org/2001/10/xml-exc-c14n#";
const ENVELOPED_SIGNATURE = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";

/**
 * Verifies the signature of an element and parses the signed bytes again, so that what is read is what was signed.
 *
 * @param parent the element that `signature` is a child of
 * @throws {SamlError} of stage `signature`
 */
export function verifySignature(parent: Element, signature: Element, trust: Trust): Signed {
  const parts = readSignature(parent, signature);
  const method = signatureAlgorithm(parts.signatureMethod, trust);
  const hash = digestAlgorithm(parts.digestMethod, trust);
  const signedInfo = canonicalize(parts.signedInfo, parts.signedInfoPrefixes);
  const content = withoutChild(parent, signature, () => canonicalize(parent, parts.contentPrefixes));
  checkDigest(content, hash, parts.digest);
  checkSignatureValue(signedInfo, method, parts.value, trust);
  return parseXml(content) as Signed;
}

/** What is within signed bytes is signed. */
export function signedChildren(parent: Signed, namespace: string, localName: string): readonly Signed[] {
  return childrenNamed(parent, namespace, localName) as readonly Signed[];
}

/** What a signature says, still to be believed. */
interface SignatureParts {
  readonly signedInfo: Element;
  readonly signedInfoPrefixes: readonly string[];
  readonly signatureMethod: string | undefined;
  readonly contentPrefixes: readonly string[];
  readonly digestMethod: string | undefined;
  readonly digest: Buffer;
  readonly value: Buffer;
}

/** Rule R7: the one shape that SAML Core §5.4 allows, nothing missing, nothing added. */
function readSignature(parent: Element, signature: Element): SignatureParts {
  const [signedInfo, signatureValue] = exactChildren(signature, ["SignedInfo", "SignatureValue"], "KeyInfo");
  const [c14nMethod, signatureMethod, reference] = exactChildren(signedInfo, [
    "CanonicalizationMethod",
    "SignatureMethod",
    "Reference",
  ]);
  const [transforms, digestMethod, digestValue] = exactChildren(reference, [
    "Transforms",
    "DigestMethod",
    "DigestValue",
  ]);
  const [enveloped, exclusive] = exactChildren(transforms, ["Transform", "Transform"], undefined, transformsRefusal);
  checkReference(reference, parent);
  exactChildren(enveloped, []);
  exactChildren(signatureMethod, []);
  exactChildren(digestMethod, []);
  if (algorithmOf(enveloped) !== ENVELOPED_SIGNATURE || algorithmOf(exclusive) !== EXCLUSIVE_C14N) {
    throw transformsRefusal();
  }
  if (algorithmOf(c14nMethod) !== EXCLUSIVE_C14N) {
    throw refusal("canonicalization_algorithm_refused", "The signature names a canonicalization that is not accepted.");
  }
  return {
    signedInfo,
    signedInfoPrefixes: inclusivePrefixes(c14nMethod),
    signatureMethod: algorithmOf(signatureMethod),
    contentPrefixes: inclusivePrefixes(exclusive),
    digestMethod: algorithmOf(digestMethod),
    digest: base64Of(digestValue),
    value: base64Of(signatureValue),
  };
}

/** The children by name, in order; a decoy before, after or between them is one too many. */
function exactChildren<const Names extends readonly string[]>(
  parent: Element,
  names: Names,
  optionalLast?: string,
  onMismatch: () => SamlError = malformed,
): { [Index in keyof Names]: Element } {
  const children = childElements(parent);
  const expected = children.length > names.length && optionalLast !== undefined ? [...names, optionalLast] : names;
  const matches =
    children.length === expected.length &&
    children.every((child, index) => isNamed(child, SIGNATURE_NAMESPACE, expected[index] ?? "")) &&
    hasElementContentOnly(parent);
  if (!matches) throw onMismatch();
  return children as { [Index in keyof Names]: Element };
}

/** SAML Core §5.4.2: the reference must name its own parent, which is compared and never looked up. */
function checkReference(reference: Element, parent: Element): void {
  const id = attributeOf(parent, "ID");
  if (id !== undefined && attributeOf(reference, "URI") === `#${id}`) return;
  throw refusal("signature_reference_invalid", "The signature is over something else than the element that holds it.");
}

function algorithmOf(element: Element): string | undefined {
  return attributeOf(element, "Algorithm");
}

/** Exclusive XML Canonicalization §4: prefixes that are rendered as inclusive canonicalization would. */
function inclusivePrefixes(method: Element): readonly string[] {
  const [inclusive, ...more] = childElements(method);
  if (inclusive === undefined && hasElementContentOnly(method)) return [];
  const wellFormed =
    inclusive !== undefined &&
    more.length === 0 &&
    isNamed(inclusive, EXCLUSIVE_C14N, "InclusiveNamespaces") &&
    childElements(inclusive).length === 0 &&
    hasElementContentOnly(method);
  if (!wellFormed) throw malformed();
  return (attributeOf(inclusive, "PrefixList") ?? "").split(" ").filter((prefix) => prefix !== "");
}

function base64Of(element: Element): Buffer {
  const bytes = decodeBase64(textOf(element) ?? "");
  if (bytes === undefined || bytes.length === 0) throw malformed();
  return bytes;
}

function signatureAlgorithm(uri: string | undefined, { acceptSha1 }: Trust): SignatureAlgorithm {
  const algorithm = findSignatureAlgorithm(uri, acceptSha1);
  if (algorithm !== undefined) return algorithm;
  throw refusal(
    "signature_algorithm_refused",
    "The signature algorithm is not accepted.",
    "Choose RSA-SHA256 as the signature algorithm at the identity provider.",
  );
}

function digestAlgorithm(uri: string | undefined, { acceptSha1 }: Trust): string {
  const hash = findDigestAlgorithm(uri, acceptSha1);
  if (hash !== undefined) return hash;
  throw refusal(
    "digest_algorithm_refused",
    "The digest algorithm is not accepted.",
    "Choose SHA-256 as the digest algorithm at the identity provider.",
  );
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

/** The enveloped-signature transform (XML Signature §6.6.4), undone afterwards: an outer signature covers the inner. */
function withoutChild<Result>(parent: Element, child: Element, work: () => Result): Result {
  const next = child.nextSibling;
  parent.removeChild(child);
  try {
    return work();
  } finally {
    parent.insertBefore(child, next);
  }
}

function checkDigest(content: string, hash: string, expected: Buffer): void {
  const actual = createHash(hash).update(content, "utf8").digest();
  if (actual.length === expected.length && timingSafeEqual(actual, expected)) return;
  throw refusal("digest_mismatch", "The document was changed after it was signed.");
}

function checkSignatureValue(signedInfo: string, method: SignatureAlgorithm, value: Buffer, trust: Trust): void {
  const bytes = Buffer.from(signedInfo, "utf8");
  const signers = trust.keys.filter(({ key }) => isSignedBy({ key, method, bytes, value }));
  if (signers.length === 0) {
    throw refusal(
      "signature_invalid",
      "The signature is not by the identity provider that this sign-in trusts.",
      "If the identity provider has a new signing certificate, add it to the connection.",
    );
  }
  if (trust.acceptExpiredCertificates || signers.some(({ notAfter }) => notAfter > trust.now)) return;
  throw refusal(
    "certificate_expired",
    "The identity provider's signing certificate has expired.",
    "Create a new signing certificate at the identity provider and add it to the connection.",
  );
}

function isSignedBy({
  key,
  method,
  bytes,
  value,
}: {
  readonly key: SigningKey["key"];
  readonly method: SignatureAlgorithm;
  readonly bytes: Buffer;
  readonly value: Buffer;
}): boolean {
  // A key of another kind would make the same bytes mean something else.
  if (key.asymmetricKeyType !== method.keyType) return false;
  return verify(method.hash, bytes, { key, dsaEncoding: "ieee-p1363" }, value) === true;
}

function malformed(): SamlError {
  return refusal("signature_malformed", "The signature does not have the shape that SAML prescribes.");
}

function transformsRefusal(): SamlError {
  return refusal("signature_transforms_invalid", "The signature must use the enveloped and exclusive transforms only.");
}

function refusal(code: SamlErrorCode, message: string, hint?: string): SamlError {
  return new SamlError(code, message, { hint });
}
