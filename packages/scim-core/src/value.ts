/**
 * Attribute values after parsing: canonical names, values of the schema's types.
 *
 * @module
 */

/** A value of a SCIM attribute. There is no null: an unassigned attribute is absent (RFC 7643 §2.5). */
export type AttributeValue = string | number | boolean | Attributes | readonly AttributeValue[];

/**
 * The attributes of a resource by canonical name; extension objects stand under their URN as registered. Objects have
 * only own properties whose names come from a schema.
 */
export interface Attributes {
  readonly [name: string]: AttributeValue;
}

/** True for the value of a complex attribute. */
export function isComplex(value: AttributeValue | undefined): value is Attributes {
  return typeof value === "object" && !Array.isArray(value);
}

/** True for the values of a multi-valued attribute. */
export function isList(value: AttributeValue | undefined): value is readonly AttributeValue[] {
  return Array.isArray(value);
}

/** The values of an attribute, of which a single-valued one has one. */
export function listOf(value: AttributeValue): readonly AttributeValue[] {
  return isList(value) ? value : [value];
}

/** An own property: nothing that JavaScript objects inherit is an attribute. */
export function ownValue(attributes: Attributes | undefined, name: string): AttributeValue | undefined {
  return attributes !== undefined && Object.hasOwn(attributes, name) ? attributes[name] : undefined;
}

/**
 * Deep equality; the order of names makes no difference, the order of values does.
 *
 * @param a one side
 * @param b the other
 * @example
 * equalAttributes({ active: true, title: "x" }, { title: "x", active: true }); // true
 */
export function equalAttributes(a: Attributes, b: Attributes): boolean {
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && equalValues(a[name], b[name]))
  );
}

export function equalValues(a: AttributeValue | undefined, b: AttributeValue | undefined): boolean {
  if (a === b) return true;
  if (isList(a) && isList(b)) return a.length === b.length && a.every((value, at) => equalValues(value, b[at]));
  return isComplex(a) && isComplex(b) && equalAttributes(a, b);
}
