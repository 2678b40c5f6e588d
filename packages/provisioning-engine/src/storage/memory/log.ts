/**
 * Append-only logs, one per tenant. A position is the number of the entry in its log, from 1.
 *
 * @module
 */
import type { LogRepository, Slice } from "../../ports/index.ts";
import { frozenCopy } from "./frozen-copy.ts";
import type { Journal } from "./journal.ts";

export interface Positioned<Entry> {
  readonly position: string;
  readonly entry: Entry;
}

export interface Log<Entry> {
  append(entry: Entry): void;
  oldestFirst(tenantId: string, slice: Slice): readonly Positioned<Entry>[];
  newestFirst(tenantId: string, slice: Slice): readonly Positioned<Entry>[];
  last(tenantId: string): string | null;
}

export function createLog<Entry extends { readonly tenantId: string }>(journal: Journal): Log<Entry> {
  const entries = new Map<string, Entry[]>();
  const range = (tenantId: string, start: number, end: number) =>
    (entries.get(tenantId) ?? [])
      .slice(start, end)
      .map((entry, index) => ({ position: String(start + index + 1), entry }));
  const length = (tenantId: string) => entries.get(tenantId)?.length ?? 0;
  return {
    append: (entry) => {
      const log = entries.get(entry.tenantId) ?? [];
      log.push(frozenCopy(entry));
      entries.set(entry.tenantId, log);
      journal.record(() => log.pop());
    },
    oldestFirst: (tenantId, { after, limit }) => {
      const start = after === undefined ? 0 : Number(after);
      return range(tenantId, start, start + limit);
    },
    newestFirst: (tenantId, { after, limit }) => {
      const end = after === undefined ? length(tenantId) : Number(after) - 1;
      return range(tenantId, Math.max(0, end - limit), Math.max(0, end)).reverse();
    },
    last: (tenantId) => (length(tenantId) === 0 ? null : String(length(tenantId))),
  };
}

export function createLogRepository<Entry extends { readonly tenantId: string }>(
  journal: Journal,
): LogRepository<Entry> {
  const log = createLog<Entry>(journal);
  return {
    append: async (entry) => log.append(entry),
    page: async (tenantId, slice) => log.newestFirst(tenantId, slice),
  };
}
