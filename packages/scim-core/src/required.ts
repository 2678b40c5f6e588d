/**
 * Required attributes (RFC 7643 §2.2).
 *
 * @module
 */
import type { Attribute } from "./attribute.ts";
import { describeAttribute } from "./describe.ts";
import { ScimError } from "./errors.ts";
import { scopeOf } from "./read-values.ts";
import type { ResourceType } from "./schema.ts";
import { indexOf, type Scope } from "./schema-index.ts";
import { type Attributes, type AttributeValue, ownValue } from "./value.ts";

/** A replacement may leave out immutable attributes: what is set stays (RFC 7644 §3.5.1). */
export type ResourceMode = "create" | "replace";

/** @throws ScimError `invalidValue` that names the attribute, or the extension, that is missing */
export function checkRequired(attributes: Attributes, type: ResourceType, mode: ResourceMode): void {
  const { core, extensions } = indexOf(type);
  for (const scope of [core, ...extensions]) checkScope(scopeOf(attributes, scope.extension), scope, mode);
}

/** A required extension must be there; an optional one must be complete if it is there. */
function checkScope(present: Attributes | undefined, scope: Scope, mode: ResourceMode): void {
  if (present === undefined) {
    if (scope.required) throw new ScimError("invalidValue", `The extension ${scope.extension} is required.`);
    return;
  }
  for (const attribute of scope.attributes.values()) {
    if (isDemanded(attribute, mode) && isBlank(ownValue(present, attribute.name))) {
      throw missing(describeAttribute(scope.extension, attribute));
    }
  }
}

/** True for what cannot stand for a required value: nothing, and text of nothing but spaces. */
export function isBlank(value: AttributeValue | undefined): boolean {
  return value === undefined || (typeof value === "string" && value.trim() === "");
}

/** Read-only attributes are the service's to give. */
function isDemanded({ required, mutability }: Attribute, mode: ResourceMode): boolean {
  return required && mutability !== "readOnly" && !(mode === "replace" && mutability === "immutable");
}

function missing(place: string): ScimError {
  return new ScimError("invalidValue", `${place} is required. Map it in the identity provider.`);
}
