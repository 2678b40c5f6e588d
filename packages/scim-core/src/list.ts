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
import { readerOf, readInteger, readNames, readText } from "./list-request.ts";
import { selectAttributes } from "./projection.ts";
import type { ResourceType } from "./schema.ts";
import { parseSort } from "./sort.ts";
import { LIST_RESPONSE_URN, type Urn } from "./urn.ts";

/** Budgets of a list; a count beyond the maximum is clamped (RFC 7643 §5). */
export interface ListLimits extends Partial<FilterLimits> {
  readonly maxResults: number;
  /** Resources of a page when the client asks for no number. */
  readonly defaultResults: number;
  /** Resources that one query may look at one by one, when no index answers it. */
  readonly scannedResources: number;
}

export interface ListResponse extends ListPage {
  readonly schemas: readonly Urn[];
  readonly itemsPerPage: number;
  readonly Resources: readonly object[];
}

/** What an answer says about its page beside the resources. */
export interface ListPage {
  /** Left out of walks where counting would cost more than the page (RFC 9865 §2). */
  readonly totalResults?: number;
  /** Of a page by index only. */
  readonly startIndex?: number;
  /** Of a walk: where the next page begins; left out of the last one. */
  readonly nextCursor?: string;
}

/** What a client asks for that walks by cursor. */
export interface Walk {
  /** Empty for the first page. */
  readonly cursor: string;
  readonly count: number;
  /** The same for two pages when the client asks for the same resources in the same order. */
  readonly subject: readonly string[];
}

/**
 * The query of a GET or of a search request. Parameters that nobody knows are ignored.
 *
 * @param request the query string, or the parsed body of `POST /.search`
 * @throws ScimError `invalidFilter`, `invalidPath`, `invalidValue`, `sensitive`; `invalidSyntax` for a body that is no
 *   search request
 * @example
 * parseQuery(new URLSearchParams("filter=userName pr&count=5"), user, limits);
 */
export function parseQuery(request: unknown, type: ResourceType, limits: ListLimits): Query {
  const read = readerOf(request);
  const filter = readText(read, "filter");
  const sortBy = readText(read, "sortBy");
  return {
    ...(filter === undefined ? {} : { filter: parseFilter(filter, type, limits) }),
    ...(sortBy === undefined ? {} : { sort: parseSort(sortBy, readText(read, "sortOrder"), type) }),
    startIndex: Math.max(1, readInteger(read, "startIndex") ?? 1),
    count: clamp(readInteger(read, "count") ?? limits.defaultResults, limits.maxResults),
    scannedResources: limits.scannedResources,
    selection: selectAttributes(
      { attributes: readNames(read, "attributes"), excludedAttributes: readNames(read, "excludedAttributes") },
      type,
    ),
  };
}

/**
 * What a request says of a walk by cursor (RFC 9865 §2); undefined for one that goes by index. Page sizes beyond the
 * maximum are clamped, as by index.
 *
 * @throws ScimError `invalidCursor`, `invalidCount`; `invalidValue` when the request goes by index too
 */
export function parseWalk(
  request: unknown,
  limits: Pick<ListLimits, "maxResults" | "defaultResults">,
): Walk | undefined {
  const read = readerOf(request);
  const cursor = read("cursor");
  if (cursor === undefined) return undefined;
  if (typeof cursor !== "string")
    throw new ScimError("invalidCursor", `cursor must be text; got ${describeValue(cursor)}.`);
  if (readText(read, "startIndex") !== undefined) {
    throw new ScimError("invalidValue", "Send either cursor or startIndex: a list is walked by one of them.");
  }
  const count = readInteger(read, "count", "invalidCount") ?? limits.defaultResults;
  if (count < 1)
    throw new ScimError("invalidCount", `count must be 1 to ${limits.maxResults} with a cursor; got ${count}.`);
  const subject = ["filter", "sortBy", "sortOrder"].map((name) => readText(read, name) ?? "");
  return { cursor, count: Math.min(count, limits.maxResults), subject };
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
  { totalResults, startIndex, nextCursor }: ListPage,
): ListResponse {
  return {
    schemas: [LIST_RESPONSE_URN],
    ...(totalResults === undefined ? {} : { totalResults }),
    ...(startIndex === undefined ? {} : { startIndex }),
    itemsPerPage: resources.length,
    ...(nextCursor === undefined ? {} : { nextCursor }),
    Resources: resources,
  };
}

function clamp(count: number, max: number): number {
  return Math.min(Math.max(0, count), max);
}
