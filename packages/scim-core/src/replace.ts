/**
 * What PUT makes of the present state (RFC 7644 §3.5.1): everything that a client may write is as it says, everything
 * else stays.
 *
 * @module
 */
import type { Attribute } from "./attribute.ts";
import { pairElements, refuseImmutableChanges } from "./immutable.ts";
import { scopeOf } from "./read-values.ts";
import type { ResourceType } from "./schema.ts";
import { indexOf, type Scope } from "./schema-index.ts";
import { type Attributes, type AttributeValue, equalAttributes, isComplex, isList, ownValue } from "./value.ts";

/**
 * The state after a PUT, or `current` itself when that is the same. Omitted attributes are cleared; read-only ones, and
 * read-only parts of values that are still there, are kept; immutable ones may be omitted.
 *
 * @param next as `parseResource` returns it
 * @throws ScimError `mutability` when an immutable value would change
 * @example
 * const replaced = replaceAttributes(current, parseResource(body, user, "replace").attributes, user);
 */
export function replaceAttributes(current: Attributes, next: Attributes, type: ResourceType): Attributes {
  const { core, extensions } = indexOf(type);
  const kept = extensions.flatMap((scope): [string, Attributes][] => {
    const values = replaceScope(scopeOf(current, scope.extension), scopeOf(next, scope.extension), scope);
    return Object.keys(values).length === 0 ? [] : [[scope.schema.id, values]];
  });
  const replaced = { ...replaceScope(current, next, core), ...Object.fromEntries(kept) };
  refuseImmutableChanges(current, replaced, type);
  return equalAttributes(current, replaced) ? current : replaced;
}

function replaceScope(current: Attributes | undefined, next: Attributes | undefined, scope: Scope): Attributes {
  const replaced: Record<string, AttributeValue> = {};
  for (const attribute of scope.attributes.values()) {
    const value = replaceValue(ownValue(current, attribute.name), ownValue(next, attribute.name), attribute);
    if (value !== undefined) replaced[attribute.name] = value;
  }
  return replaced;
}

function replaceValue(
  current: AttributeValue | undefined,
  next: AttributeValue | undefined,
  attribute: Attribute,
): AttributeValue | undefined {
  if (attribute.mutability === "readOnly") return current;
  if (next === undefined) return attribute.mutability === "immutable" ? current : undefined;
  const fixed = (attribute.subAttributes ?? []).filter(isFixed);
  if (current === undefined || fixed.length === 0) return next;
  const elements = pairElements(current, next, attribute).map(([old, element]) => keepFixed(old, element, fixed));
  return isList(next) ? elements : elements[0];
}

/** Parts that a client cannot change, and therefore need not repeat (J14). */
function isFixed({ mutability }: Attribute): boolean {
  return mutability === "readOnly" || mutability === "immutable";
}

function keepFixed(old: Attributes | undefined, element: AttributeValue, fixed: readonly Attribute[]): AttributeValue {
  if (old === undefined || !isComplex(element)) return element;
  const kept = fixed.flatMap(({ name }): [string, AttributeValue][] => {
    const value = ownValue(old, name);
    return value === undefined ? [] : [[name, value]];
  });
  return { ...Object.fromEntries(kept), ...element };
}
