/**
 * From JSON to values of the schema's types: canonical names, nothing that the schema does not know, nothing read-only.
 * Every refusal names the attribute in words that an IT admin knows.
 *
 * @module
 */
import { type Attribute, isHidden } from "./attribute.ts";
import { describeValue } from "./describe.ts";
import { checkCount, dedupe, refuseSeveralPrimaries } from "./elements.ts";
import { ScimError } from "./errors.ts";
import { isMadeReference } from "./reference.ts";
import { acceptScalar, expectedScalar } from "./scalar.ts";
import { subAttributeOf } from "./schema-index.ts";
import type { Attributes, AttributeValue } from "./value.ts";
import { isObject, rewriteValue } from "./value-dialects.ts";

/** What a client says about the sub-attributes of a complex value; undefined unassigns one. */
export type Parts = ReadonlyMap<Attribute, AttributeValue | undefined>;

/**
 * A value of the attribute, or undefined when it is unassigned (RFC 7643 §2.5: null, an empty array, and here an empty
 * text).
 *
 * @param place names the attribute in error texts
 * @throws ScimError `invalidValue`
 */
export function coerceValue(value: unknown, attribute: Attribute, place: string): AttributeValue | undefined {
  if (!attribute.multiValued) return coerceSingle(value, attribute, place);
  const rewritten = rewriteValue(value, attribute, true);
  if (rewritten === null || rewritten === undefined) return undefined;
  if (!Array.isArray(rewritten)) throw invalid(place, "an array", value, attribute);
  const elements = coerceElements(rewritten, attribute, place);
  return elements.length === 0 ? undefined : elements;
}

/** As `coerceValue`, for one value of a multi-valued attribute. */
export function coerceSingle(value: unknown, attribute: Attribute, place: string): AttributeValue | undefined {
  if (attribute.type === "complex") return coerceComplex(value, attribute, place);
  const rewritten = rewriteValue(value, attribute, false);
  if (rewritten === null || rewritten === undefined) return undefined;
  const accepted = acceptScalar(rewritten, attribute);
  if (accepted === undefined) throw invalid(place, expectedScalar(attribute), value, attribute);
  refuseInvalid(accepted, attribute, place);
  return accepted;
}

/**
 * The sub-attributes that an object speaks of; unknown and read-only ones are ignored (RFC 7644 §3.5.1).
 *
 * @returns undefined when the value as a whole is unassigned: null, or an empty `value`, which is how managers are cleared
 * @throws ScimError `invalidValue`, `invalidSyntax` for a name written twice
 */
export function coerceParts(value: unknown, attribute: Attribute, place: string): Parts | undefined {
  const rewritten = rewriteValue(value, attribute, false);
  if (rewritten === null || rewritten === undefined) return undefined;
  if (!isObject(rewritten)) throw invalid(place, "an object", value, attribute);
  const parts = new Map<Attribute, AttributeValue | undefined>();
  for (const [name, part] of Object.entries(rewritten)) {
    const subAttribute = subAttributeOf(attribute, name);
    if (subAttribute === undefined || isIgnored(subAttribute)) continue;
    const partPlace = `${place}, ${subAttribute.name}`;
    if (parts.has(subAttribute)) throw writtenTwice(partPlace);
    parts.set(subAttribute, coerceValue(part, subAttribute, partPlace));
  }
  const main = subAttributeOf(attribute, "value");
  return main !== undefined && parts.has(main) && parts.get(main) === undefined ? undefined : parts;
}

function isIgnored(subAttribute: Attribute): boolean {
  return subAttribute.mutability === "readOnly" || isMadeReference(subAttribute);
}

/** The assigned parts as one value; hidden ones are checked and forgotten. */
export function assemble(parts: Parts): Attributes | undefined {
  const assigned = [...parts].filter(([attribute, value]) => value !== undefined && !isHidden(attribute));
  if (assigned.length === 0) return undefined;
  return Object.fromEntries(assigned.map(([attribute, value]) => [attribute.name, value as AttributeValue]));
}

/** RFC 7643 §2.1: names are compared without case, so two spellings are one attribute with two values. */
export function writtenTwice(place: string): ScimError {
  return new ScimError("invalidSyntax", `${place} is written twice. Send it once; letter case makes no difference.`);
}

function coerceComplex(value: unknown, attribute: Attribute, place: string): Attributes | undefined {
  const parts = coerceParts(value, attribute, place);
  return parts && assemble(parts);
}

function coerceElements(values: readonly unknown[], attribute: Attribute, place: string): readonly AttributeValue[] {
  checkCount(values.length, place);
  const elements = values
    .map((value, at) => coerceSingle(value, attribute, `${place}, value ${at + 1}`))
    .filter((element) => element !== undefined);
  const distinct = dedupe(elements, attribute);
  refuseSeveralPrimaries(distinct, place);
  return distinct;
}

/** The host's own rule. What it says about a value that nobody may read is not repeated: it may quote it. */
function refuseInvalid(value: string | number | boolean, attribute: Attribute, place: string): void {
  const problems = attribute.validate?.(value) ?? [];
  if (problems.length === 0) return;
  const said = isHidden(attribute) ? "this value is not accepted" : problems.join("; ");
  throw new ScimError("invalidValue", `${place}: ${said}.`);
}

function invalid(place: string, expected: string, got: unknown, attribute: Attribute): ScimError {
  const quoted = isHidden(attribute) ? "" : `; got ${describeValue(got)}`;
  return new ScimError("invalidValue", `${place} must be ${expected}${quoted}.`);
}
