/**
 * A resource as JSON on the wire, whole; `projection` leaves out what was not asked for.
 *
 * @module
 */
import type { Attribute } from "./attribute.ts";
import { etagOf } from "./etag.ts";
import { schemasOf, scopeOf } from "./read-values.ts";
import { referencedEndpoint } from "./reference.ts";
import type { ResourceType } from "./schema.ts";
import { indexOf, type Scope, subAttributeOf } from "./schema-index.ts";
import type { Resource } from "./stored-resource.ts";
import { type Attributes, type AttributeValue, isComplex, ownValue } from "./value.ts";

/**
 * The address of a resource, for `Location` and `meta.location`.
 *
 * @param baseUrl absolute, without a trailing slash
 * @example
 * locationOf(resource, user, "https://app.example.com/scim/v2/c1"); // "https://app.example.com/scim/v2/c1/Users/42"
 */
export function locationOf({ id }: Pick<Resource, "id">, { endpoint }: ResourceType, baseUrl: string): string {
  return `${baseUrl}${endpoint}/${encodeURIComponent(id)}`;
}

/**
 * All of a resource: `schemas` of what it has (RFC 7643 §3), `id`, attributes in the order of the schema, extensions
 * with data, `meta`, and `$ref` wherever a value is the id of a resource.
 *
 * @param baseUrl absolute, without a trailing slash
 * @example
 * renderResource(resource, user, "https://app.example.com/scim/v2/c1");
 */
export function renderResource(resource: Resource, type: ResourceType, baseUrl: string): Attributes {
  const { core, extensions } = indexOf(type);
  const { id, attributes, created, lastModified, version } = resource;
  const used = extensions.flatMap((scope): [string, Attributes][] => {
    const rendered = renderScope(scopeOf(attributes, scope.extension), scope, baseUrl);
    return Object.keys(rendered).length === 0 ? [] : [[scope.schema.id, rendered]];
  });
  return {
    schemas: schemasOf(attributes, type),
    id,
    ...renderScope(attributes, core, baseUrl),
    ...Object.fromEntries(used),
    meta: {
      resourceType: type.name,
      created,
      lastModified,
      location: locationOf(resource, type, baseUrl),
      version: etagOf(version),
    },
  };
}

/** What a backend's attributes never say: it follows from the facts of the resource. */
const DERIVED: ReadonlySet<string> = new Set(["schemas", "id", "meta"]);

function renderScope(values: Attributes | undefined, scope: Scope, baseUrl: string): Attributes {
  const rendered: Record<string, AttributeValue> = {};
  for (const attribute of scope.attributes.values()) {
    const derived = scope.extension === undefined && DERIVED.has(attribute.name);
    const value = derived ? undefined : ownValue(values, attribute.name);
    if (value !== undefined) rendered[attribute.name] = renderValue(value, attribute, baseUrl);
  }
  return rendered;
}

function renderValue(value: AttributeValue, attribute: Attribute, baseUrl: string): AttributeValue {
  const reference = subAttributeOf(attribute, "$ref");
  const endpoint = reference === undefined ? undefined : referencedEndpoint(reference);
  if (endpoint === undefined) return value;
  const link = (one: AttributeValue): AttributeValue => withRef(one, `${baseUrl}${endpoint}`);
  return Array.isArray(value) ? value.map(link) : link(value);
}

function withRef(value: AttributeValue, collection: string): AttributeValue {
  const id = isComplex(value) ? ownValue(value, "value") : undefined;
  if (!isComplex(value) || typeof id !== "string") return value;
  return { ...value, $ref: `${collection}/${encodeURIComponent(id)}` };
}
