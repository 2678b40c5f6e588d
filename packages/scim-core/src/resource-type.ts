/**
 * The resource types that hosts serve: User and Group of RFC 7643 §4, and types of their own.
 *
 * @module
 */
import type { Attribute } from "./attribute.ts";
import type { Extension } from "./extension.ts";
import type { ResourceType, SchemaExtension } from "./schema.ts";
import { COMMON_ATTRIBUTES } from "./schemas/common.ts";
import { ENTERPRISE_USER_SCHEMA } from "./schemas/enterprise-user.ts";
import { GROUP_SCHEMA } from "./schemas/group.ts";
import { USER_SCHEMA } from "./schemas/user.ts";

/**
 * Users, with the enterprise extension and the host's own.
 *
 * @throws TypeError when two extensions have the same URN
 * @example
 * const user = userResourceType([extension("urn:example:staff", { badge: text() })]);
 */
export function userResourceType(extensions: readonly Extension<object>[] = []): ResourceType {
  return defineResourceType({
    name: "User",
    description: "A person's account.",
    endpoint: "/Users",
    schema: USER_SCHEMA,
    extensions: [{ schema: ENTERPRISE_USER_SCHEMA, required: false }, ...extensions],
  });
}

/**
 * Groups, with the host's own extensions.
 *
 * @throws TypeError when two extensions have the same URN
 * @example
 * const group = groupResourceType();
 */
export function groupResourceType(extensions: readonly Extension<object>[] = []): ResourceType {
  return defineResourceType({
    name: "Group",
    description: "A group of people.",
    endpoint: "/Groups",
    schema: GROUP_SCHEMA,
    extensions,
  });
}

/**
 * A resource type that can be served: names are unique without case, URNs differ.
 *
 * @throws TypeError that names what collides
 * @example
 * const device = defineResourceType({ name: "Device", description: "", endpoint: "/Devices", schema, extensions: [] });
 */
export function defineResourceType(type: ResourceType): ResourceType {
  const extensions = type.extensions.map(({ schema, required }): SchemaExtension => ({ schema, required }));
  refuseRepeats(
    [type.schema, ...extensions.map(({ schema }) => schema)].map(({ id }) => id),
    "schema URN",
  );
  refuseRepeatedNames([...COMMON_ATTRIBUTES, ...type.schema.attributes]);
  for (const { schema } of extensions) refuseRepeatedNames(schema.attributes);
  return { ...type, extensions };
}

function refuseRepeatedNames(attributes: readonly Attribute[]): void {
  refuseRepeats(
    attributes.map(({ name }) => name),
    "attribute name",
  );
  for (const { subAttributes } of attributes) refuseRepeatedNames(subAttributes ?? []);
}

function refuseRepeats(names: readonly string[], what: string): void {
  const seen = new Set<string>();
  for (const name of names) {
    const folded = name.toLowerCase();
    if (seen.has(folded)) throw new TypeError(`The ${what} "${name}" is used twice. Letter case makes no difference.`);
    seen.add(folded);
  }
}
