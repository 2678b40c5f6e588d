/**
 * A page of a walk by cursor (RFC 9865). It goes forward only: `previousCursor`, which is optional, is not offered.
 *
 * @module
 */
import type { QueryResult } from "../backend.ts";
import type { Walk } from "../list.ts";
import { type CursorPosition, type Cursors, createCursors, notOfThisList } from "./cursors.ts";
import type { Exchange } from "./exchange.ts";
import { renderSelected, type SearchPage, type TypedQuery } from "./typed-query.ts";

/**
 * @param queries of which an earlier one is walked to its end before the next begins
 * @param secret of the domain
 * @throws {ScimError} `invalidCursor`, `expiredCursor`
 */
export async function readCursorPage(
  exchange: Exchange,
  queries: readonly TypedQuery[],
  walk: Walk,
  secret: string,
): Promise<SearchPage> {
  const cursors = cursorsOf(exchange, queries, walk, secret);
  const start = startOf(queries, walk.cursor === "" ? undefined : cursors.open(walk.cursor));
  const resources: object[] = [];
  let totalResults: number | undefined = 0;
  let next: CursorPosition | undefined;
  for (const [at, typed] of queries.entries()) {
    const room = walk.count - resources.length;
    // Of a type that is not on this page only the total is asked for.
    const count = at < start.at || next !== undefined ? 0 : Math.max(room, 1);
    const after = at === start.at ? start.after : "";
    const found = await exchange.domain.backend.query(typed.type, { ...typed.query, after, count }, exchange.context);
    totalResults = sum(totalResults, found.totalResults);
    if (count > 0) next = nextOf(typed, found, room);
    if (room > 0) resources.push(...renderSelected(exchange, typed, found.resources));
  }
  return {
    resources,
    ...(totalResults !== undefined && { totalResults }),
    ...(next !== undefined && { nextCursor: cursors.seal(next) }),
  };
}

/** Whose resources they are, the secret says. */
function cursorsOf(
  { limits, clock }: Exchange,
  queries: readonly TypedQuery[],
  { subject }: Walk,
  secret: string,
): Cursors {
  return createCursors({
    secret,
    subject: [...subject, ...queries.map(({ type }) => type.name)],
    seconds: limits.cursorSeconds,
    now: clock(),
  });
}

function startOf(
  queries: readonly TypedQuery[],
  position: CursorPosition | undefined,
): { readonly at: number; readonly after: string } {
  if (position === undefined) return { at: 0, after: "" };
  const at = queries.findIndex(({ type }) => type.name === position.type);
  if (at === -1) throw notOfThisList();
  return { at, after: position.after };
}

/** On a full page it was only asked whether this type has anything, so that the last page is known to be the last. */
function nextOf({ type }: TypedQuery, { resources, next }: QueryResult, room: number): CursorPosition | undefined {
  if (room > 0) return next === undefined ? undefined : { type: type.name, after: next };
  return resources.length > 0 || next !== undefined ? { type: type.name, after: "" } : undefined;
}

function sum(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a + b;
}
