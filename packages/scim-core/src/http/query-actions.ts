/**
 * Lists and searches (RFC 7644 §3.4.2, §3.4.3), by index or by cursor.
 *
 * @module
 */
import { isScimError } from "../errors.ts";
import { listResponse, parseQuery, parseWalk } from "../list.ts";
import type { ResourceType } from "../schema.ts";
import { answer } from "./answer.ts";
import { readCursorPage } from "./cursor-page.ts";
import type { Exchange } from "./exchange.ts";
import { readIndexPage } from "./index-page.ts";
import type { TypedQuery } from "./typed-query.ts";

export async function listResources(exchange: Exchange, type: ResourceType): Promise<Response> {
  return answerSearch(exchange, exchange.params, [type]);
}

export async function searchResources(exchange: Exchange, type: ResourceType): Promise<Response> {
  return answerSearch(exchange, await exchange.readBody(), [type]);
}

/** Searches all resource types, one after the other in the order of their registration. */
export async function searchEverything(exchange: Exchange): Promise<Response> {
  return answerSearch(exchange, await exchange.readBody(), exchange.resourceTypes);
}

/** A cursor says nothing to a domain that has none, as any parameter that nobody knows. */
async function answerSearch(exchange: Exchange, search: unknown, types: readonly ResourceType[]): Promise<Response> {
  const { cursorSecret } = exchange.domain;
  const walk = cursorSecret === undefined ? undefined : parseWalk(search, exchange.limits);
  const queries = queriesOf(search, types, exchange);
  const page =
    walk === undefined || cursorSecret === undefined
      ? await readIndexPage(exchange, queries)
      : await readCursorPage(exchange, queries, walk, await cursorSecret());
  return answer(200, listResponse(page.resources, page));
}

/**
 * A type that lacks an attribute of the filter has no match (RFC 7644 §3.4.2.1). A filter that no type understands is
 * wrong.
 */
function queriesOf(search: unknown, types: readonly ResourceType[], { limits }: Exchange): readonly TypedQuery[] {
  const refusals: unknown[] = [];
  const queries = types.flatMap((type) => {
    try {
      return [{ type, query: parseQuery(search, type, limits) }];
    } catch (error) {
      if (!isScimError(error) || error.code !== "invalidFilter") throw error;
      refusals.push(error);
      return [];
    }
  });
  if (queries.length === 0) throw refusals[0];
  return queries;
}
