/**
 * The part of JSON Schema that the OpenAPI document uses, stricter in one point: what is not described is a problem.
 *
 * @module
 */
import { isJsonObject, type Json, type JsonObject } from "../src/testing/json.ts";

/** What is wrong with a value, as `place: reason`; nothing when it is as the schema says. */
export function problemsOf(value: Json, schema: JsonObject, document: JsonObject, place = "$"): readonly string[] {
  const { $ref, anyOf, type, enum: allowed } = schema;
  if (typeof $ref === "string") return problemsOf(value, resolve($ref, document), document, place);
  if (Array.isArray(anyOf)) {
    const tried = anyOf.map((one: JsonObject) => problemsOf(value, one, document, place));
    return tried.some((problems) => problems.length === 0) ? [] : tried.flat();
  }
  if (Array.isArray(allowed)) return allowed.includes(value) ? [] : [`${place}: not one of ${allowed}`];
  if (type !== undefined && !isOfType(value, type)) return [`${place}: no ${type}`];
  if (Array.isArray(value)) return problemsOfItems(value, schema, document, place);
  return isJsonObject(value) && type === "object" ? problemsOfMembers(value, schema, document, place) : [];
}

/** What a reference leads to. */
export function resolve(reference: string, document: JsonObject): JsonObject {
  const target = reference
    .slice(2)
    .split("/")
    .reduce<Json | undefined>((at, name) => (isJsonObject(at) ? at[name] : undefined), document);
  if (!isJsonObject(target)) throw new Error(`${reference} leads nowhere`);
  return target;
}

function isOfType(value: Json, type: Json): boolean {
  if (type === "array") return Array.isArray(value);
  if (type === "object") return isJsonObject(value);
  if (type === "integer") return Number.isInteger(value);
  return typeof value === type;
}

function problemsOfItems(
  values: readonly Json[],
  { items, contains, maxItems }: JsonObject,
  document: JsonObject,
  place: string,
): readonly string[] {
  const found = values.flatMap((value, at) =>
    isJsonObject(items) ? problemsOf(value, items, document, `${place}[${at}]`) : [],
  );
  const constant = isJsonObject(contains) ? contains.const : undefined;
  if (constant !== undefined && !values.includes(constant)) return [...found, `${place}: without ${constant}`];
  return typeof maxItems === "number" && values.length > maxItems ? [...found, `${place}: too long`] : found;
}

function problemsOfMembers(
  value: JsonObject,
  schema: JsonObject,
  document: JsonObject,
  place: string,
): readonly string[] {
  // An object of which nothing is said may be any.
  if (!isJsonObject(schema.properties)) return [];
  const { properties, required } = schema;
  const missing = (Array.isArray(required) ? required : []).filter((name) => !Object.hasOwn(value, String(name)));
  const members = Object.entries(value).flatMap(([name, member]) => {
    const described = properties[name];
    if (!isJsonObject(described)) return [`${place}.${name}: not described`];
    return problemsOf(member, described, document, `${place}.${name}`);
  });
  return [...members, ...missing.map((name) => `${place}.${name}: missing`)];
}
