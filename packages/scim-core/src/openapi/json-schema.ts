/**
 * Attributes as JSON Schema 2020-12, which is what OpenAPI 3.1 speaks. What a client sends and what it is answered
 * differ: read-only attributes are in answers only, and an answer may be a part of a resource (RFC 7644 §3.9).
 *
 * @module
 */
import { type Attribute, type AttributeType, isHidden } from "../attribute.ts";
import type { ResourceType } from "../schema.ts";
import { EXTERNAL_ID_ATTRIBUTE, ID_ATTRIBUTE, META_ATTRIBUTE } from "../schemas/common.ts";
import type { Urn } from "../urn.ts";

type JsonValue = string | number | boolean | JsonObject | readonly JsonValue[];

/** A JSON object, as all of an OpenAPI document is made of. */
export interface JsonObject {
  readonly [name: string]: JsonValue;
}

/** Which way a body goes. */
export type Direction = "request" | "answer";

/** The name of a resource type's schema. Underscores keep it apart from other types, whose names have none. */
export function schemaName({ name }: ResourceType, direction: Direction): string {
  return direction === "request" ? `${name}_Request` : name;
}

export function reference(name: string): JsonObject {
  return { $ref: `#/components/schemas/${name}` };
}

/** `schemas` of a resource or message, which has to contain the URN. */
export function schemasProperty(urn: Urn): JsonObject {
  return { type: "array", items: { type: "string" }, contains: { const: urn } };
}

/** A resource with its extensions, each under its URN. */
export function resourceSchema({ schema, extensions }: ResourceType, direction: Direction): JsonObject {
  const attributes = [ID_ATTRIBUTE, EXTERNAL_ID_ATTRIBUTE, ...schema.attributes, META_ATTRIBUTE];
  const { properties, required } = attributesSchema(attributes, direction);
  const demanded = direction === "request" ? extensions.filter((extension) => extension.required) : [];
  return {
    type: "object",
    description: schema.description,
    properties: {
      schemas: schemasProperty(schema.id),
      ...properties,
      ...Object.fromEntries(
        extensions.map((extension) => [extension.schema.id, extensionSchema(extension, direction)]),
      ),
    },
    required: ["schemas", ...required, ...demanded.map((extension) => extension.schema.id)],
  };
}

function extensionSchema({ schema }: ResourceType["extensions"][number], direction: Direction): JsonObject {
  return { type: "object", description: schema.description, ...attributesSchema(schema.attributes, direction) };
}

function attributesSchema(
  attributes: readonly Attribute[],
  direction: Direction,
): { readonly properties: JsonObject; readonly required: readonly string[] } {
  const seen = attributes.filter((attribute) => isSeen(attribute, direction));
  const required = seen.filter((attribute) => isDemanded(attribute, direction));
  return {
    properties: Object.fromEntries(seen.map((attribute) => [attribute.name, attributeSchema(attribute, direction)])),
    required: required.map(({ name }) => name),
  };
}

function isSeen(attribute: Attribute, direction: Direction): boolean {
  return direction === "request" ? attribute.mutability !== "readOnly" : !isHidden(attribute);
}

/** An answer has for certain only what cannot be excluded from it. */
function isDemanded({ required, returned }: Attribute, direction: Direction): boolean {
  return direction === "request" ? required : returned === "always";
}

function attributeSchema(attribute: Attribute, direction: Direction): JsonObject {
  const { description, multiValued } = attribute;
  const value = valueSchema(attribute, direction);
  return multiValued ? { type: "array", description, items: value } : { ...value, description };
}

function valueSchema(attribute: Attribute, direction: Direction): JsonObject {
  const { type, canonicalValues, subAttributes = [] } = attribute;
  if (type === "complex") return { type: "object", ...attributesSchema(subAttributes, direction) };
  // Canonical values are suggestions (RFC 7643 §7): an enumeration would refuse the others.
  return { ...SCALARS[type], ...(canonicalValues === undefined ? {} : { examples: canonicalValues }) };
}

const SCALARS: Readonly<Record<Exclude<AttributeType, "complex">, JsonObject>> = {
  string: { type: "string" },
  boolean: { type: "boolean" },
  decimal: { type: "number" },
  integer: { type: "integer" },
  dateTime: { type: "string", format: "date-time" },
  binary: { type: "string", contentEncoding: "base64" },
  reference: { type: "string", format: "uri-reference" },
};
