/**
 * Required attributes (RFC 7643 §2.2).
 *
 * @module
 */
import { type Attribute, isHidden } from "./attribute.ts";
import { describeAttribute } from "./describe.ts";
import { ScimError } from "./errors.ts";
import { scopeOf } from "./read-values.ts";
import type { ResourceType } from "./schema.ts";
import { indexOf, type Scope } from "./schema-index.ts";
import type { Urn } from "./urn.ts";
import { type Attributes, type AttributeValue, isComplex, listOf, ownValue } from "./value.ts";

/** A replacement may leave out immutable attributes: what is set stays (RFC 7644 §3.5.1). */
export type ResourceMode = "create" | "replace";

/**
 * @param attributes with what is never returned, as long as it is there
 * @throws ScimError `invalidValue` that names the attribute, or the extension, that is missing
 */
export function checkRequired(attributes: Attributes, type: ResourceType, mode: ResourceMode): void {
  const { core, extensions } = indexOf(type);
  for (const scope of [core, ...extensions]) checkScope(scopeOf(attributes, scope.extension), scope, mode);
}

/**
 * What is missing at an attribute: the attribute itself, or a required part of one of its values.
 *
 * @returns its name for an error text, or undefined when nothing is missing
 */
export function findGap(
  value: AttributeValue | undefined,
  attribute: Attribute,
  extension: Urn | undefined,
  mode: ResourceMode,
): string | undefined {
  if (isBlank(value)) return isDemanded(attribute, mode) ? describeAttribute(extension, attribute) : undefined;
  const demanded = (attribute.subAttributes ?? []).filter((part) => isDemanded(part, mode));
  const elements = value === undefined || demanded.length === 0 ? [] : listOf(value).filter(isComplex);
  const missing = demanded.find(({ name }) => elements.some((element) => isBlank(ownValue(element, name))));
  return missing && describeAttribute(extension, attribute, missing);
}

/** A required extension must be there; an optional one must be complete if it is there. */
function checkScope(present: Attributes | undefined, scope: Scope, mode: ResourceMode): void {
  if (present === undefined) {
    if (scope.required) throw new ScimError("invalidValue", `The extension ${scope.extension} is required.`);
    return;
  }
  for (const attribute of scope.attributes.values()) {
    const place = findGap(ownValue(present, attribute.name), attribute, scope.extension, mode);
    if (place !== undefined) throw missing(place);
  }
}

/** True for what cannot stand for a required value: nothing, and text of nothing but spaces. */
function isBlank(value: AttributeValue | undefined): boolean {
  return value === undefined || (typeof value === "string" && value.trim() === "");
}

/** Read-only attributes are the service's to give; what is never returned cannot be repeated by who only read it. */
function isDemanded(attribute: Attribute, mode: ResourceMode): boolean {
  if (!attribute.required || attribute.mutability === "readOnly") return false;
  return mode === "create" || !(attribute.mutability === "immutable" || isHidden(attribute));
}

function missing(place: string): ScimError {
  return new ScimError("invalidValue", `${place} is required. Map it in the identity provider.`);
}
