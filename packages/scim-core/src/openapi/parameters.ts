/**
 * The parameters and headers of SCIM requests and answers (RFC 7644 §3.4.2, §3.9, §3.14).
 *
 * @module
 */
import type { JsonObject } from "./json-schema.ts";

export const TEXT: JsonObject = { type: "string" };
const WHOLE: JsonObject = { type: "integer" };

export function pathParameter(name: string, description: string): JsonObject {
  return { name, in: "path", required: true, description, schema: TEXT };
}

export const SELECTION: readonly JsonObject[] = [
  queryParameter("attributes", "The only attributes to answer with, joined by commas."),
  queryParameter("excludedAttributes", "The attributes to leave out, joined by commas."),
];

export const QUERY: readonly JsonObject[] = [
  queryParameter("filter", "A filter of RFC 7644 section 3.4.2.2."),
  queryParameter("sortBy", "The path of an attribute."),
  queryParameter("sortOrder", "The direction.", { enum: ["ascending", "descending"] }),
  queryParameter("startIndex", "The first resource of the page, counted from 1.", WHOLE),
  {
    ...queryParameter("cursor", "The nextCursor of the page before, or empty for the first page; without startIndex."),
    allowEmptyValue: true,
  },
  queryParameter("count", "The resources of a page; larger numbers are clamped.", WHOLE),
];

export const CONDITIONS: readonly JsonObject[] = [
  headerParameter("If-Match", "Only if this is the version."),
  headerParameter("If-None-Match", "Only if this is not the version."),
];
export const PREFER: JsonObject = headerParameter("Prefer", "respond-async answers before the work is done.");

/** Headers of answers. */
export const ETAG: JsonObject = { ETag: { description: "The version.", schema: TEXT } };
export const LOCATION: JsonObject = { Location: { description: "The address.", schema: TEXT } };
export const SET_TXN: JsonObject = { "Set-Txn": { description: "The txn of what is told later.", schema: TEXT } };

function queryParameter(name: string, description: string, schema: JsonObject = TEXT): JsonObject {
  return { name, in: "query", required: false, description, schema };
}

function headerParameter(name: string, description: string): JsonObject {
  return { name, in: "header", required: false, description, schema: TEXT };
}
