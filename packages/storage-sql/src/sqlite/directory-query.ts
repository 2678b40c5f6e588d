/**
 * Look-ups of directory users, groups and other resources as SQL. Statements are made from a closed set of conditions, in one order
 * whatever the order of the look-ups, so that there are few of them and each is prepared once.
 *
 * @module
 */
import type { DirectoryLookup, DirectoryQuery } from "@muster/provisioning-engine/ports";
import { atMost, fold, list, type Sql, type SqlParameters } from "./sql.ts";
import type { Table } from "./table.ts";

type Attribute = DirectoryLookup["attribute"];
type KnownConditions = Readonly<Partial<Record<Attribute, string>>>;

/**
 * A table of one kind of resource. Parameters are named for the attributes, beside `:connection_id` and those of the
 * table's own scope.
 */
export interface DirectoryListing<Entry> {
  readonly table: Table<Entry>;
  /** Holds for every row that the protocol may see. */
  readonly visible: string;
  /** Condition by attribute; a look-up of any other attribute finds nothing. */
  readonly conditions: KnownConditions;
  /** Selects the `count` of all visible rows, from a counter. */
  readonly size: string;
}

interface Conditions {
  readonly where: string;
  readonly parameters: SqlParameters;
}

/** @param scope what `visible` asks for beside the connection */
export function findRecords<Entry>(
  sql: Sql,
  listing: DirectoryListing<Entry>,
  query: DirectoryQuery,
  scope: SqlParameters = {},
): readonly Entry[] {
  const conditions = conditionsOf(listing.conditions, query.lookups);
  if (conditions === null) return [];
  // The page is cut on the index; only the rows that are on it are read (deferred join).
  const statement = `
    select * from ${listing.table.name} where rowid in (
      select rowid from ${listing.table.name}
      where connection_id = :connection_id and ${listing.visible}${conditions.where} and id > :after
      order by id limit :limit offset :offset)
    order by id`;
  const { connectionId, after = "", offset = 0, limit } = query;
  const page = { connection_id: connectionId, after, offset, limit: atMost(limit) };
  return listing.table.all(sql, statement, { ...scope, ...conditions.parameters, ...page });
}

export function countRecords<Entry>(
  sql: Sql,
  listing: DirectoryListing<Entry>,
  connectionId: string,
  lookups: readonly DirectoryLookup[],
  scope: SqlParameters = {},
): number {
  const conditions = conditionsOf(listing.conditions, lookups);
  if (conditions === null) return 0;
  const statement =
    lookups.length === 0
      ? listing.size
      : `select count(*) as count from ${listing.table.name}
         where connection_id = :connection_id and ${listing.visible}${conditions.where}`;
  const parameters = { ...scope, ...conditions.parameters, connection_id: connectionId };
  return sql.first<{ readonly count: number }>(statement, parameters)?.count ?? 0;
}

/** All look-ups as one condition; null when no row can meet them. */
function conditionsOf(known: KnownConditions, lookups: readonly DirectoryLookup[]): Conditions | null {
  const attributes = [...new Set(lookups.map(({ attribute }) => attribute))].sort();
  let conditions: Conditions = { where: "", parameters: {} };
  for (const attribute of attributes) {
    const condition = known[attribute];
    const parameters = parametersOf(attribute, valuesOf(lookups, attribute));
    if (condition === undefined || parameters === null) return null;
    conditions = {
      where: `${conditions.where} and ${condition}`,
      parameters: { ...conditions.parameters, ...parameters },
    };
  }
  return conditions;
}

/** The parameters of the attribute's condition; null when it would have to be two things at once. */
function parametersOf(attribute: Attribute, values: readonly string[]): SqlParameters | null {
  if (attribute === "emails" || attribute === "uniqueKeys") {
    return { [attribute]: list(values), [`${attribute}_count`]: values.length };
  }
  const [value = null, ...others] = values;
  return others.length === 0 ? { [attribute]: value } : null;
}

/** Without repetitions, as the attribute compares. */
function valuesOf(lookups: readonly DirectoryLookup[], wanted: Attribute): readonly string[] {
  const isCaseExact = wanted === "id" || wanted === "externalId" || wanted === "uniqueKeys";
  const values = lookups.filter(({ attribute }) => attribute === wanted).map(({ value }) => value);
  return [...new Set(isCaseExact ? values : values.map(fold))];
}
