/**
 * The parameters of a list: of a query string, or the members of a search request (RFC 7644 §3.4.2, §3.4.3).
 *
 * @module
 */
import { describeValue } from "./describe.ts";
import { ScimError } from "./errors.ts";
import { foldName } from "./schema-index.ts";
import { SEARCH_REQUEST_URN } from "./urn.ts";
import { isObject } from "./value-dialects.ts";

/** A parameter as it came; undefined when it did not. */
export type Read = (name: string) => unknown;

/**
 * @param request the query string, or the parsed body of `POST /.search`
 * @throws ScimError `invalidSyntax` for a body that is no search request
 */
export function readerOf(request: unknown): Read {
  return request instanceof URLSearchParams ? parameterReader(request) : memberReader(request);
}

/** Whoever sends a parameter several times is taken at their word: only lists of names are several. */
function parameterReader(params: URLSearchParams): Read {
  return (name) => {
    const values = params.getAll(name);
    return values.length > 1 ? values : values[0];
  };
}

function memberReader(body: unknown): Read {
  if (!isObject(body)) throw new ScimError("invalidSyntax", "A search request must be a JSON object.");
  const members = new Map(Object.entries(body).map(([name, value]) => [foldName(name), value]));
  const schemas = members.get("schemas");
  const own = foldName(SEARCH_REQUEST_URN);
  if (!Array.isArray(schemas) || !schemas.some((urn) => typeof urn === "string" && foldName(urn) === own)) {
    throw new ScimError("invalidSyntax", `schemas must contain "${SEARCH_REQUEST_URN}".`);
  }
  return (name) => members.get(foldName(name)) ?? undefined;
}

/**
 * An empty parameter asks for nothing.
 *
 * @throws ScimError `invalidValue`
 */
export function readText(read: Read, name: string): string | undefined {
  const value = read(name);
  if (value === undefined || value === "") return undefined;
  if (typeof value !== "string")
    throw new ScimError("invalidValue", `${name} must be text; got ${describeValue(value)}.`);
  return value;
}

/** @throws ScimError `code` */
export function readInteger(
  read: Read,
  name: string,
  code: "invalidValue" | "invalidCount" = "invalidValue",
): number | undefined {
  const value = read(name);
  if (value === undefined || value === "") return undefined;
  const integer = typeof value === "string" && /^-?\d{1,15}$/.test(value) ? Number(value) : value;
  if (!Number.isSafeInteger(integer)) {
    throw new ScimError(code, `${name} must be an integer; got ${describeValue(value)}.`);
  }
  return Number(integer);
}

/** @throws ScimError `invalidValue` */
export function readNames(read: Read, name: string): string | readonly string[] {
  const value = read(name) ?? [];
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.filter((one) => typeof one === "string");
  throw new ScimError("invalidValue", `${name} must be an array of names; got ${describeValue(value)}.`);
}
