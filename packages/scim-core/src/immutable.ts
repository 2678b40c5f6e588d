/**
 * Immutable values stay what they are once set (RFC 7643 §2.2, §7). Elements of a multi-valued attribute with immutable
 * parts may still come and go.
 *
 * @module
 */
import type { Attribute } from "./attribute.ts";
import { describeAttribute } from "./describe.ts";
import { valueKey } from "./elements.ts";
import { ScimError } from "./errors.ts";
import { scopeOf } from "./read-values.ts";
import type { ResourceType } from "./schema.ts";
import { indexOf, type Scope } from "./schema-index.ts";
import { type Attributes, type AttributeValue, equalValues, isComplex, listOf, ownValue } from "./value.ts";

/** @throws ScimError `mutability` that names the attribute */
export function refuseImmutableChanges(before: Attributes, after: Attributes, type: ResourceType): void {
  const { core, extensions } = indexOf(type);
  for (const scope of [core, ...extensions]) {
    checkScope(scopeOf(before, scope.extension), scopeOf(after, scope.extension), scope);
  }
}

/** Pairs of elements that are the same one before and after: they have the same `value`. */
export function pairElements(
  before: AttributeValue,
  after: AttributeValue,
  attribute: Attribute,
): readonly (readonly [Attributes | undefined, AttributeValue])[] {
  const known = new Map<string, Attributes>();
  for (const element of listOf(before)) {
    if (isComplex(element)) known.set(pairKey(element, attribute), element);
  }
  return listOf(after).map((element) => [known.get(pairKey(element, attribute)), element]);
}

/** A single value without a `value` of its own is always the same one. */
function pairKey(element: AttributeValue, attribute: Attribute): string {
  const anonymous = !attribute.multiValued && isComplex(element) && !Object.hasOwn(element, "value");
  return anonymous ? "" : valueKey(element, attribute);
}

function checkScope(before: Attributes | undefined, after: Attributes | undefined, scope: Scope): void {
  if (before === undefined) return;
  for (const attribute of scope.attributes.values()) {
    const old = ownValue(before, attribute.name);
    if (old !== undefined) checkAttribute(old, ownValue(after, attribute.name), attribute, scope);
  }
}

function checkAttribute(
  before: AttributeValue,
  after: AttributeValue | undefined,
  attribute: Attribute,
  scope: Scope,
): void {
  if (attribute.mutability === "immutable" && !equalValues(before, after)) {
    throw changed(describeAttribute(scope.extension, attribute));
  }
  const immutable = (attribute.subAttributes ?? []).filter(({ mutability }) => mutability === "immutable");
  if (immutable.length === 0 || after === undefined) return;
  for (const [old, element] of pairElements(before, after, attribute)) {
    const broken = immutable.find(({ name }) =>
      isChanged(ownValue(old, name), isComplex(element) ? ownValue(element, name) : undefined),
    );
    if (broken !== undefined) throw changed(describeAttribute(scope.extension, attribute, broken));
  }
}

function isChanged(before: AttributeValue | undefined, after: AttributeValue | undefined): boolean {
  return before !== undefined && !equalValues(before, after);
}

function changed(place: string): ScimError {
  return new ScimError("mutability", `${place} is immutable: it can be set once and not be changed.`);
}
