/**
 * Lists: what a client asks for, and the answer (RFC 7644 §3.4.2, §3.4.3).
 *
 * @module
 */
import type { Query } from "./backend.ts";
import { describeValue } from "./describe.ts";
import { ScimError } from "./errors.ts";
import { parseFilter } from "./filter.ts";
import type { FilterLimits } from "./filter-parser.ts";
import { selectAttributes } from "./projection.ts";
import type { ResourceType } from "./schema.ts";
import { foldName } from "./schema-index.ts";
import { parseSort } from "./sort.ts";
import { LIST_RESPONSE_URN, SEARCH_REQUEST_URN, type Urn } from "./urn.ts";
import { isObject } from "./value-dialects.ts";

/** Budgets of a list; a count beyond the maximum is clamped (RFC 7643 §5). */
export interface ListLimits extends Partial<FilterLimits> {
  readonly maxResults: number;
  /** Resources of a page when the client asks for no number. */
  readonly defaultResults: number;
}

export interface ListResponse {
  readonly schemas: readonly Urn[];
  readonly totalResults: number;
  readonly startIndex: number;
  readonly itemsPerPage: number;
  readonly Resources: readonly object[];
}

/**
 * The query of a GET or of a search request. Parameters that nobody knows are ignored.
 *
 * @param request the query string, or the parsed body of `POST /.search`
 * @throws ScimError `invalidFilter`, `invalidPath`, `invalidValue`, `sensitive`; `invalidSyntax` for a body that is no
 *   search request
 * @example
 * parseQuery(new URLSearchParams("filter=userName pr&count=5"), user, { maxResults: 1000, defaultResults: 100 });
 */
export function parseQuery(request: unknown, type: ResourceType, limits: ListLimits): Query {
  const read = request instanceof URLSearchParams ? parameterReader(request) : memberReader(request);
  const filter = readText(read, "filter");
  const sortBy = readText(read, "sortBy");
  return {
    ...(filter === undefined ? {} : { filter: parseFilter(filter, type, limits) }),
    ...(sortBy === undefined ? {} : { sort: parseSort(sortBy, readText(read, "sortOrder"), type) }),
    startIndex: Math.max(1, readInteger(read, "startIndex") ?? 1),
    count: clamp(readInteger(read, "count") ?? limits.defaultResults, limits.maxResults),
    selection: selectAttributes(
      { attributes: readNames(read, "attributes"), excludedAttributes: readNames(read, "excludedAttributes") },
      type,
    ),
  };
}

/**
 * One page as an answer.
 *
 * @param resources as the client sees them
 * @example
 * listResponse([], { totalResults: 0, startIndex: 1 });
 */
export function listResponse(
  resources: readonly object[],
  page: { readonly totalResults: number; readonly startIndex: number },
): ListResponse {
  return {
    schemas: [LIST_RESPONSE_URN],
    totalResults: page.totalResults,
    startIndex: page.startIndex,
    itemsPerPage: resources.length,
    Resources: resources,
  };
}

type Read = (name: string) => unknown;

function parameterReader(params: URLSearchParams): Read {
  return (name) => params.get(name) ?? undefined;
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

/** An empty parameter asks for nothing. */
function readText(read: Read, name: string): string | undefined {
  const value = read(name);
  if (value === undefined || value === "") return undefined;
  if (typeof value !== "string")
    throw new ScimError("invalidValue", `${name} must be text; got ${describeValue(value)}.`);
  return value;
}

function readInteger(read: Read, name: string): number | undefined {
  const value = read(name);
  if (value === undefined || value === "") return undefined;
  const integer = typeof value === "string" && /^-?\d{1,15}$/.test(value) ? Number(value) : value;
  if (!Number.isSafeInteger(integer)) {
    throw new ScimError("invalidValue", `${name} must be an integer; got ${describeValue(value)}.`);
  }
  return Number(integer);
}

function readNames(read: Read, name: string): string | readonly string[] {
  const value = read(name) ?? [];
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.filter((one) => typeof one === "string");
  throw new ScimError("invalidValue", `${name} must be an array of names; got ${describeValue(value)}.`);
}

function clamp(count: number, max: number): number {
  return Math.min(Math.max(0, count), max);
}
