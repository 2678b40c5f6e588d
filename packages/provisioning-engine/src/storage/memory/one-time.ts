/**
 * Values that may be used once.
 *
 * @module
 */
import type { Instant, OneTimeRepository } from "../../ports/index.ts";
import type { Journal } from "./journal.ts";
import { ALL, compositeKey, everyRow } from "./keys.ts";
import { take } from "./ordered.ts";
import { createTable } from "./table.ts";

interface OneTimeRow {
  readonly connectionId: string;
  readonly purpose: string;
  readonly key: string;
  readonly value: unknown;
  readonly expiresAt: Instant;
}

/** Sweeping goes through all connections. */
const STORE = "";
const SWEPT_PER_CALL = 1000;

export function createOneTime(journal: Journal): OneTimeRepository {
  const values = createTable<OneTimeRow, "all">(journal, {
    owner: () => STORE,
    id: rowId,
    indexes: { all: { values: everyRow, order: (row) => `${row.expiresAt} ${rowId(row)}` } },
  });
  return {
    put: async (connectionId, purpose, key, value, expiresAt, now) => {
      const row = { connectionId, purpose, key, value, expiresAt };
      const stored = values.get(STORE, rowId(row));
      if (stored !== undefined && stored.expiresAt > now) return false;
      values.put(row);
      return true;
    },
    take: async (connectionId, purpose, key, now) => {
      const row = values.delete(STORE, rowId({ connectionId, purpose, key }));
      return row !== undefined && row.expiresAt > now ? { value: row.value } : null;
    },
    sweep: async (now) => {
      for (const row of take(values.rows(STORE, "all", ALL).from(), SWEPT_PER_CALL)) {
        if (row.expiresAt <= now) values.delete(STORE, rowId(row));
      }
    },
  };
}

function rowId({ connectionId, purpose, key }: Pick<OneTimeRow, "connectionId" | "purpose" | "key">): string {
  return compositeKey(connectionId, purpose, key);
}
