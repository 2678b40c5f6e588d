/**
 * A metadata document as text and as a list of entities (SAML Metadata §2.3). The same strict gate as for responses,
 * with one allowance: comments, which files edited by hand are full of, are taken out first.
 *
 * @module
 */
import { readDuration } from "./duration.ts";
import { isSamlError, SamlError } from "./errors.ts";
import { readInstant } from "./instant.ts";
import { METADATA_LIMITS, type MetadataSigner, signedRoot } from "./metadata-signature.ts";
import { METADATA_NAMESPACE } from "./namespaces.ts";
import { attributeOf, childElements, type Element, isNamed, parseXml } from "./xml.ts";

/** How long something may be believed, and kept without asking again (SAML Metadata §2.3.1, §2.3.2). */
export interface Freshness {
  readonly validUntil: Date | undefined;
  readonly cacheSeconds: number | undefined;
}

/** An `EntityDescriptor`. It is as fresh as the stalest of it and of the groups around it. */
export interface MetadataEntity extends Freshness {
  readonly entityId: string;
  readonly element: Element;
}

const WHERE_METADATA_IS = "Take the metadata file or address of the identity provider's SAML page.";

/** Of one document. */
export const MAX_METADATA_BYTES = 1_048_576;

/**
 * @param input text or UTF-8
 * @param signer who must have signed the document; anybody, when absent
 * @throws {SamlError} `metadata_signature_missing`, `metadata_signature_invalid`, `metadata_too_large`, `utf8_invalid`, `metadata_invalid`, and those of stage `xml`
 */
export function readMetadataEntities(input: string | Uint8Array, signer?: MetadataSigner): readonly MetadataEntity[] {
  const root = parse(withoutComments(readText(input)));
  return entitiesOf(signer === undefined ? root : signedRoot(root, signer), UNLIMITED);
}

/** What is forged elsewhere is here, most of the time, the wrong file. */
function parse(text: string): Element {
  try {
    return parseXml(text, METADATA_LIMITS);
  } catch (cause) {
    if (!isSamlError(cause)) throw cause;
    throw new SamlError(cause.code, cause.message, { hint: WHERE_METADATA_IS, details: cause.details, cause });
  }
}

const UNLIMITED: Freshness = { validUntil: undefined, cacheSeconds: undefined };

/** The earlier of the ends that are known and those that the element states. */
export function freshness(element: Element, known: Freshness): Freshness {
  const [end, cache] = [attributeOf(element, "validUntil"), attributeOf(element, "cacheDuration")];
  return {
    validUntil: smaller(known.validUntil, end === undefined ? undefined : readValidUntil(end)),
    // Only says when to ask again: one that cannot be read is none.
    cacheSeconds: smaller(known.cacheSeconds, cache === undefined ? undefined : readDuration(cache)),
  };
}

function smaller<Value extends Date | number>(left: Value | undefined, right: Value | undefined): Value | undefined {
  if (left === undefined || right === undefined) return left ?? right;
  return left < right ? left : right;
}

function entitiesOf(element: Element, outer: Freshness): readonly MetadataEntity[] {
  if (isNamed(element, METADATA_NAMESPACE, "EntityDescriptor")) return [entityOf(element, outer)];
  if (!isNamed(element, METADATA_NAMESPACE, "EntitiesDescriptor")) throw notMetadata();
  const fresh = freshness(element, outer);
  const members = childElements(element).filter((child) => isEntityOrGroup(child));
  return members.flatMap((member) => entitiesOf(member, fresh));
}

function entityOf(element: Element, outer: Freshness): MetadataEntity {
  const entityId = attributeOf(element, "entityID");
  if (entityId === undefined || entityId.trim() === "") throw invalid("An entity in the metadata has no entityID.");
  return { entityId, element, ...freshness(element, outer) };
}

function isEntityOrGroup(element: Element): boolean {
  return element.namespaceURI === METADATA_NAMESPACE && /^Entit(?:y|ies)Descriptor$/.test(element.localName ?? "");
}

function readText(input: string | Uint8Array): string {
  if (input.length > MAX_METADATA_BYTES) {
    throw new SamlError("metadata_too_large", `The metadata is larger than ${MAX_METADATA_BYTES} bytes.`, {
      hint: "Download the metadata of the one identity provider, not that of a whole federation.",
    });
  }
  const text = typeof input === "string" ? input : decode(input);
  // Takes away the byte order mark as well, with which Entra and ADFS begin their files.
  return text.trim();
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new SamlError("utf8_invalid", "The metadata is not UTF-8.", {
      hint: "Upload the file as it was downloaded.",
      cause,
    });
  }
}

/** A comment without an end stays, for the gate to refuse. Linear: each opening is looked at once. */
function withoutComments(text: string): string {
  const kept: string[] = [];
  let position = 0;
  for (let open = text.indexOf("<!--"); open >= 0; open = text.indexOf("<!--", position)) {
    const close = text.indexOf("-->", open + "<!--".length);
    if (close < 0) break;
    kept.push(text.slice(position, open));
    position = close + "-->".length;
  }
  return kept.join("") + text.slice(position);
}

function readValidUntil(text: string): Date {
  try {
    return readInstant(text);
  } catch (cause) {
    throw invalid("A validUntil in the metadata is not a UTC instant.", cause);
  }
}

function notMetadata(): SamlError {
  return new SamlError("metadata_invalid", "The document is no SAML 2.0 metadata.", {
    hint: `Its root must be an EntityDescriptor. ${WHERE_METADATA_IS}`,
  });
}

function invalid(message: string, cause?: unknown): SamlError {
  return new SamlError("metadata_invalid", message, {
    hint: "Download the metadata from the identity provider again.",
    cause,
  });
}
