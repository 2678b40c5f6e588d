/**
 * Look-ups of directory users and groups: the rows that all of several equalities name, each from an index.
 *
 * @module
 */
import type { DirectoryLookup, DirectoryQuery } from "../../ports/index.ts";
import { ALL, fold } from "./keys.ts";
import { type Ordered, take, viewOrdered } from "./ordered.ts";
import type { Table } from "./table.ts";

type Attribute = DirectoryLookup["attribute"];

interface Resource {
  readonly id: string;
}

/** Answers look-ups of these attributes from the indexes of the same names. The connection is the owner of the rows. */
export interface DirectoryIndex<Row> {
  find(query: DirectoryQuery): readonly Row[];
  count(connectionId: string, lookups: readonly DirectoryLookup[]): number;
}

export function createDirectoryIndex<Row extends Resource, Name extends Attribute>(
  table: Pick<Table<Row, Name | "all">, "rows">,
  attributes: readonly Name[],
): DirectoryIndex<Row> {
  const rowsOf = (connectionId: string, { attribute, value }: DirectoryLookup): Ordered<Row> => {
    const index = attributes.find((name) => name === attribute);
    if (index === undefined) return viewOrdered<Row>([], ({ id }) => id);
    return table.rows(connectionId, index, isCaseExact(attribute) ? value : fold(value));
  };
  const candidates = (connectionId: string, lookups: readonly DirectoryLookup[]) => {
    const lists = lookups.map((lookup) => rowsOf(connectionId, lookup)).sort((a, b) => a.size() - b.size());
    const [shortest = table.rows(connectionId, "all", ALL), ...others] = lists;
    return { shortest, others };
  };
  return {
    find: ({ connectionId, lookups, after, offset = 0, limit }) => {
      const { shortest, others } = candidates(connectionId, lookups);
      if (others.length === 0) return take(shortest.from(after, offset), limit);
      return take(inAll(shortest.from(after), others), offset + limit).slice(offset);
    },
    count: (connectionId, lookups) => {
      const { shortest, others } = candidates(connectionId, lookups);
      return others.length === 0 ? shortest.size() : [...inAll(shortest.from(), others)].length;
    },
  };
}

function isCaseExact(attribute: Attribute): boolean {
  return attribute === "id" || attribute === "externalId" || attribute === "uniqueKeys";
}

function* inAll<Row extends Resource>(rows: Iterable<Row>, lists: readonly Ordered<Row>[]): Generator<Row> {
  for (const row of rows) if (lists.every((list) => list.has(row.id))) yield row;
}
