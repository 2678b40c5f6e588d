/**
 * The shape of a signature (rule R7): the one that SAML Core §5.4 allows, nothing missing, nothing added. Every part is
 * a direct child at its place, so that no decoy can be taken for it.
 *
 * @module
 */
import { decodeBase64 } from "./base64.ts";
import { SamlError, type SamlErrorCode } from "./errors.ts";
import { SIGNATURE_NAMESPACE } from "./namespaces.ts";
import { attributeOf, childElements, type Element, hasElementContentOnly, isNamed, textOf } from "./xml.ts";

const EXCLUSIVE_C14N = "http://www.w3.org/2001/10/xml-exc-c14n#";
const ENVELOPED_SIGNATURE = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";

/** What a signature says, still to be believed. */
export interface SignatureParts {
  readonly signedInfo: Element;
  readonly signedInfoPrefixes: readonly string[];
  readonly signatureMethod: string | undefined;
  readonly contentPrefixes: readonly string[];
  readonly digestMethod: string | undefined;
  readonly digest: Buffer;
  readonly value: Buffer;
}

/**
 * @param parent the element that `signature` is a child of
 * @throws {SamlError} `signature_malformed`, `signature_reference_invalid`, `signature_transforms_invalid`,
 *   `canonicalization_algorithm_refused`
 */
export function readSignature(parent: Element, signature: Element): SignatureParts {
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

/** Providers list up to ten; each is compared with each attribute, before anything is known to be genuine. */
const MAX_PREFIXES = 32;

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
  const prefixes = (attributeOf(inclusive, "PrefixList") ?? "").split(" ").filter((prefix) => prefix !== "");
  if (prefixes.length > MAX_PREFIXES) throw malformed();
  return prefixes;
}

function base64Of(element: Element): Buffer {
  const bytes = decodeBase64(textOf(element) ?? "");
  if (bytes === undefined || bytes.length === 0) throw malformed();
  return bytes;
}

function malformed(): SamlError {
  return refusal("signature_malformed", "The signature does not have the shape that SAML prescribes.");
}

function transformsRefusal(): SamlError {
  return refusal("signature_transforms_invalid", "The signature must use the enveloped and exclusive transforms only.");
}

function refusal(code: SamlErrorCode, message: string): SamlError {
  return new SamlError(code, message);
}
