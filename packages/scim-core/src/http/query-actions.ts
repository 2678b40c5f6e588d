/**
 * Lists and searches (RFC 7644 §3.4.2, §3.4.3).
 *
 * @module
 */
import type { Query } from "../backend.ts";
import { isScimError } from "../errors.ts";
import { listResponse, parseQuery } from "../list.ts";
import { projectResource } from "../projection.ts";
import { renderResource } from "../representation.ts";
import type { ResourceType } from "../schema.ts";
import { answer } from "./answer.ts";
import type { Exchange } from "./exchange.ts";

export async function listResources(exchange: Exchange, type: ResourceType): Promise<Response> {
  return answerQueries([{ type, query: parseQuery(exchange.params, type, exchange.limits) }], exchange);
}

export async function searchResources(exchange: Exchange, type: ResourceType): Promise<Response> {
  const search = await exchange.readBody();
  return answerQueries([{ type, query: parseQuery(search, type, exchange.limits) }], exchange);
}

/** Searches all resource types, one after the other in the order of their registration. */
export async function searchEverything(exchange: Exchange): Promise<Response> {
  const search = await exchange.readBody();
  return answerQueries(queriesOf(search, exchange), exchange);
}

interface TypedQuery {
  readonly type: ResourceType;
  readonly query: Query;
}

/**
 * A type that lacks an attribute of the filter has no match (RFC 7644 §3.4.2.1). A filter that no type understands is
 * wrong.
 */
function queriesOf(search: unknown, { resourceTypes, limits }: Exchange): readonly TypedQuery[] {
  const refusals: unknown[] = [];
  const queries = resourceTypes.flatMap((type) => {
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

/** One page over all queries: what an earlier one has is skipped by the later ones, and the page ends where it is full. */
async function answerQueries(queries: readonly TypedQuery[], exchange: Exchange): Promise<Response> {
  const { domain, context } = exchange;
  const resources: object[] = [];
  let totalResults = 0;
  for (const { type, query } of queries) {
    const startIndex = Math.max(1, query.startIndex - totalResults);
    const count = query.count - resources.length;
    const result = await domain.backend.query(type, { ...query, startIndex, count }, context);
    totalResults += result.totalResults;
    for (const resource of result.resources) {
      resources.push(projectResource(renderResource(resource, type, domain.baseUrl), query.selection, type));
    }
  }
  const startIndex = queries[0]?.query.startIndex ?? 1;
  return answer(200, listResponse(resources, { totalResults, startIndex }));
}
