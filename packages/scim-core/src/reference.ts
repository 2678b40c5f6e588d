/**
 * References between resources (RFC 7643 §2.3.7): which of them the service makes itself.
 *
 * @module
 */
import type { Attribute } from "./attribute.ts";

/** Where the resources live that an attribute refers to, by the resource types of RFC 7643 §8. */
const ENDPOINTS: ReadonlyMap<string, string> = new Map([
  ["User", "/Users"],
  ["Group", "/Groups"],
]);

/** The endpoint that a `$ref` leads to, when it leads to one only. */
export function referencedEndpoint({ referenceTypes = [] }: Attribute): string | undefined {
  const [target, ...others] = referenceTypes;
  return target === undefined || others.length > 0 ? undefined : ENDPOINTS.get(target);
}

/**
 * Whether the service makes the reference from `value` and its own address. A client may send one, as the schema says,
 * and it is dropped: nobody can store a link that leads elsewhere.
 */
export function isMadeReference(attribute: Attribute): boolean {
  return attribute.name === "$ref" && referencedEndpoint(attribute) !== undefined;
}
