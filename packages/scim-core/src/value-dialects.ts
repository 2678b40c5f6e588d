/**
 * Shapes of values that identity providers really send for what the schema calls something else. Each is named data
 * with the capture that shows it; what is left after them is judged strictly. To accept one more shape, add one entry.
 *
 * @module
 */
import type { Attribute } from "./attribute.ts";
import { subAttributeOf } from "./schema-index.ts";

export interface ValueDialect {
  readonly name: string;
  readonly description: string;
  /** Who sends it. */
  readonly client: string;
  /** A captured attribute and value, as on the wire. */
  readonly captured: string;
  /**
   * The value as the schema means it; the same value when the rule does not apply. `null` is an unassigned value.
   *
   * @param many whether the value stands for all values of a multi-valued attribute, not for one
   */
  rewrite(value: unknown, attribute: Attribute, many: boolean): unknown;
}

/** Applied in order to each value of a body, before its type is checked. */
export const VALUE_DIALECTS: readonly ValueDialect[] = [
  {
    name: "array-around-single-value",
    description: "A single-valued attribute arrives as an array of one; an empty array unassigns it.",
    client: "Microsoft Entra ID",
    captured: `"manager": [{"value": "2819c223"}]`,
    rewrite: (value, _attribute, many) =>
      !many && Array.isArray(value) && value.length <= 1 ? (value[0] ?? null) : value,
  },
  {
    name: "object-around-scalar",
    description: "A simple value arrives as an object with nothing but `value`.",
    client: "Microsoft Entra ID",
    captured: `{"op": "Replace", "path": "title", "value": [{"value": "Editor"}]}`,
    rewrite: (value, attribute) =>
      attribute.type !== "complex" && isObject(value) && Object.keys(value).length === 1
        ? (ownValue(value) ?? value)
        : value,
  },
  {
    name: "single-value-for-multi-valued",
    description: "A multi-valued attribute arrives as its only value.",
    client: "OneLogin",
    captured: `"emails": {"value": "mira@example.com", "primary": true}`,
    rewrite: (value, _attribute, many) =>
      many && value !== null && value !== undefined && value !== "" && !Array.isArray(value) ? [value] : value,
  },
  {
    name: "plain-value-for-complex",
    description: "A complex attribute that has a `value` arrives as that value alone.",
    client: "Microsoft Entra ID",
    captured: `{"op": "Add", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager", "value": "2819c223"}`,
    rewrite: (value, attribute) => (hasValue(attribute) && isScalar(value) && value !== "" ? { value } : value),
  },
  {
    name: "boolean-as-text",
    description: "A Boolean arrives as text in any letter case.",
    client: "Microsoft Entra ID",
    captured: `{"op": "Replace", "path": "active", "value": "False"}`,
    rewrite: (value, attribute) =>
      attribute.type === "boolean" && typeof value === "string" ? booleanOf(value) : value,
  },
  {
    name: "empty-text-unassigns",
    description: "An empty text stands for no value, since the provider's mapping cannot send null.",
    client: "Microsoft Entra ID, OneLogin",
    captured: `{"op": "Replace", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager", "value": ""}`,
    rewrite: (value, attribute, many) => (value === "" && (many || isTextual(attribute)) ? null : value),
  },
];

/** A value after all dialects. */
export function rewriteValue(value: unknown, attribute: Attribute, many: boolean): unknown {
  let rewritten = value;
  for (const dialect of VALUE_DIALECTS) rewritten = dialect.rewrite(rewritten, attribute, many);
  return rewritten;
}

/** A JSON object, which an array or null is not. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isScalar(value: unknown): boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

function hasValue(attribute: Attribute): boolean {
  return attribute.type === "complex" && subAttributeOf(attribute, "value") !== undefined;
}

/** Types of which the empty text is no value, so that it can stand for none; a Boolean has to say what it is (R17). */
function isTextual({ type }: Attribute): boolean {
  return type !== "boolean" && type !== "integer" && type !== "decimal";
}

function ownValue(object: Readonly<Record<string, unknown>>): unknown {
  return Object.hasOwn(object, "value") ? object.value : undefined;
}

function booleanOf(text: string): boolean | string {
  const folded = text.toLowerCase();
  return folded === "true" || (folded === "false" ? false : text);
}
