/**
 * The rows that may match a query, looked at one by one.
 *
 * @module
 */
import { type Query, type Resource, ScimError } from "@muster/scim-core";
import type { DirectoryQuery } from "../ports/index.ts";
import type { SearchPlan, SearchScope } from "./search-plan.ts";

type Identified = { readonly id: string };

const PAGE = 500;

/** A row, and the resource that it is if it matches. */
export interface Candidate<Row> {
  readonly row: Row;
  readonly match: Resource | undefined;
}

/** In order of id, from `after` on. */
export async function* lookAtEach<Row extends Identified>(
  scope: SearchScope<Row>,
  { lookups, matches, needsDerived }: SearchPlan,
  after?: string,
): AsyncGenerator<Candidate<Row>> {
  const { tx, connectionId, collection } = scope;
  for await (const row of rows(scope, { connectionId, lookups, after, limit: PAGE })) {
    const resource = needsDerived ? await collection.renderWhole(tx, row) : collection.render(row);
    yield { row, match: matches === undefined || matches(resource) ? resource : undefined };
  }
}

/** A resource that matches, and its row. */
export type Match<Row> = Resource & { readonly row: Row };

/** @throws {ScimError} `tooMany` */
export async function allMatches<Row extends Identified>(
  scope: SearchScope<Row>,
  plan: SearchPlan,
  query: Query,
): Promise<readonly Match<Row>[]> {
  await ensureAffordable(scope, plan, query);
  const found: Match<Row>[] = [];
  for await (const { row, match } of lookAtEach(scope, plan)) if (match !== undefined) found.push({ ...match, row });
  return found;
}

/**
 * Refuses before the first look: the number of candidates is known from an index.
 *
 * @throws {ScimError} `tooMany`
 */
export async function ensureAffordable<Row extends Identified>(
  { tx, connectionId, collection }: SearchScope<Row>,
  { lookups, cost }: SearchPlan,
  { scannedResources }: Query,
): Promise<void> {
  if (cost === "one" || (await collection.count(tx, connectionId, lookups)) <= scannedResources) return;
  throw new ScimError(
    "tooMany",
    `No index answers this query, and there are more than ${scannedResources} resources to look at. ` +
      "Filter by userName, displayName, emails, externalId or id, or walk the list by cursor without sortBy.",
  );
}

async function* rows<Row extends Identified>(
  { tx, collection }: SearchScope<Row>,
  query: DirectoryQuery,
): AsyncGenerator<Row> {
  let { after } = query;
  do {
    const page = await collection.find(tx, { ...query, after });
    yield* page;
    after = page.length < query.limit ? undefined : page.at(-1)?.id;
  } while (after !== undefined);
}
