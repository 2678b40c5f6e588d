/**
 * The resource types that hosts serve: User and Group of RFC 7643 §4, and types of their own.
 *
 * @module
 */
import type { Attribute } from "./attribute.ts";
import type { Extension } from "./extension.ts";
import type { ResourceType, Schema, SchemaExtension } from "./schema.ts";
import { COMMON_ATTRIBUTES } from "./schemas/common.ts";
import { ENTERPRISE_USER_SCHEMA } from "./schemas/enterprise-user.ts";
import { GROUP_SCHEMA } from "./schemas/group.ts";
import { USER_SCHEMA } from "./schemas/user.ts";

/**
 * Users, with the enterprise extension and the host's own.
 *
 * @param extensions made with `extension`
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
 * @param extensions made with `extension`
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

/** A resource type as a host writes it down. */
export interface ResourceTypeDefinition<Core extends Schema = Schema> {
  /** For example `Device`: also the value of `meta.resourceType`. */
  readonly name: string;
  /** Below the SCIM base URL, for example `/Devices`. */
  readonly endpoint: string;
  readonly schema: Core;
  /** That of the schema when absent. */
  readonly description?: string;
  /** Made by `extension()`. */
  readonly extensions?: readonly SchemaExtension[];
}

/** A resource type that remembers the types of its values. */
export interface DefinedResourceType<Core extends Schema> extends ResourceType {
  readonly schema: Core;
}

/**
 * A resource type that can be served: names are unique without case, URNs differ.
 *
 * @param definition its name, its address, its schemas
 * @throws TypeError that names what collides, or cannot be a name or an address
 * @example
 * const device = defineSchema("urn:example:Device", "Device", { serial: text({ required: true }) });
 * const devices = defineResourceType({ name: "Device", endpoint: "/Devices", schema: device });
 */
export function defineResourceType<Core extends Schema>(
  definition: ResourceTypeDefinition<Core>,
): DefinedResourceType<Core> {
  const { name, endpoint, schema, description = schema.description } = definition;
  checkAddress(name, endpoint);
  const extensions = (definition.extensions ?? []).map(
    ({ schema, required }): SchemaExtension => ({ schema, required }),
  );
  refuseRepeats(
    [schema, ...extensions.map((extension) => extension.schema)].map(({ id }) => id),
    "schema URN",
  );
  refuseRepeatedNames([...COMMON_ATTRIBUTES, ...schema.attributes]);
  for (const extension of extensions) refuseRepeatedNames(extension.schema.attributes);
  return { name, description, endpoint, schema, extensions };
}

const TYPE_NAME = /^[A-Za-z][A-Za-z0-9]{0,63}$/;
const ENDPOINT = /^\/[A-Za-z][A-Za-z0-9._-]{0,63}$/;

/** What RFC 7644 §3.2 has at these addresses, and what describes or follows all of them. */
const RESERVED: ReadonlySet<string> = new Set([
  "/me",
  "/bulk",
  "/schemas",
  "/resourcetypes",
  "/serviceproviderconfig",
  "/asyncresponses",
  "/openapi.json",
]);

function checkAddress(name: string, endpoint: string): void {
  if (!TYPE_NAME.test(name)) {
    throw new TypeError(`"${name}" cannot name a resource type: use ASCII letters and digits, such as "Device".`);
  }
  if (!ENDPOINT.test(endpoint) || RESERVED.has(endpoint.toLowerCase())) {
    throw new TypeError(`"${endpoint}" cannot be an endpoint: write a slash and one free word, such as "/Devices".`);
  }
}

function refuseRepeatedNames(attributes: readonly Attribute[]): void {
  refuseRepeats(
    attributes.flatMap(({ name, aliases = [] }) => [name, ...aliases]),
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
