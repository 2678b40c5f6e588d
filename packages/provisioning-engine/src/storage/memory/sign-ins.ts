/**
 * The sign-in log.
 *
 * @module
 */
import type { SignInRecord, SignInRepository } from "../../ports/index.ts";
import type { Journal } from "./journal.ts";
import { ALL, everyRow } from "./keys.ts";
import { take } from "./ordered.ts";
import { createTable } from "./table.ts";

interface SignInRow {
  readonly position: number;
  readonly entry: SignInRecord;
}

export function createSignIns(journal: Journal): SignInRepository {
  let last = 0;
  const order = (row: SignInRow) => newestFirst(row.position);
  const rows = createTable<SignInRow, "all" | "authenticated">(journal, {
    owner: ({ entry }) => entry.tenantId,
    id: order,
    indexes: {
      all: { values: everyRow },
      authenticated: { values: ({ entry }) => [String(entry.authenticated)] },
    },
  });
  return {
    append: async (entry) => {
      last += 1;
      rows.put({ position: last, entry });
    },
    page: async (tenantId, { after, limit }) => {
      const older = rows.rows(tenantId, "all", ALL).from(after === undefined ? undefined : newestFirst(Number(after)));
      return take(older, limit).map(({ position, entry }) => ({ position: String(position), entry }));
    },
    trim: async (tenantId, before, limit) => {
      const oldest = take(rows.rows(tenantId, "all", ALL).backwards(), limit);
      const gone = oldest.filter(({ entry }) => entry.at < before);
      for (const row of gone) rows.delete(tenantId, order(row));
      return gone.length;
    },
    keep: async (tenantId, authenticated, newest) => {
      const older = [...rows.rows(tenantId, "authenticated", String(authenticated)).from(undefined, newest)];
      for (const row of older) rows.delete(tenantId, order(row));
    },
  };
}

/** As text, greater for the older; what was never given is older than everything. */
function newestFirst(position: number): string {
  return String(Number.MAX_SAFE_INTEGER - position).padStart(16, "0");
}
