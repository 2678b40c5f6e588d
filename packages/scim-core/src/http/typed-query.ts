/**
 * A query of one resource type, and its resources as the client selected them.
 *
 * @module
 */
import type { Query, Resource } from "../backend.ts";
import type { ListPage } from "../list.ts";
import { projectResource } from "../projection.ts";
import { renderResource } from "../representation.ts";
import type { ResourceType } from "../schema.ts";
import type { Exchange } from "./exchange.ts";

export interface TypedQuery {
  readonly type: ResourceType;
  readonly query: Query;
}

/** One page over all queries of a search. */
export interface SearchPage extends ListPage {
  readonly resources: readonly object[];
}

export function renderSelected(
  { domain }: Exchange,
  { type, query }: TypedQuery,
  resources: readonly Resource[],
): readonly object[] {
  return resources.map((one) => projectResource(renderResource(one, type, domain.baseUrl), query.selection, type));
}
