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
  /** Removes those of the `limit` oldest that may go. */
  trim(
    tenantId: string,
    limit: number,
    mayGo: (entry: Entry, position: number) => boolean,
  ): readonly Positioned<Entry>[];
}

/** What is left of a log, and how many entries went before. */
interface Kept<Entry> {
  readonly trimmed: number;
  readonly entries: Entry[];
}

export function createLog<Entry extends { readonly tenantId: string }>(journal: Journal): Log<Entry> {
  const logs = new Map<string, Kept<Entry>>();
  const logOf = (tenantId: string) => logs.get(tenantId) ?? { trimmed: 0, entries: [] };
  /** @param start number of entries before the first */
  const range = (tenantId: string, start: number, end: number) => {
    const { trimmed, entries } = logOf(tenantId);
    const first = Math.max(start, trimmed);
    return entries
      .slice(first - trimmed, Math.max(0, end - trimmed))
      .map((entry, index) => ({ position: String(first + index + 1), entry }));
  };
  const end = (tenantId: string) => {
    const { trimmed, entries } = logOf(tenantId);
    return trimmed + entries.length;
  };
  return {
    append: (entry) => {
      const log = logOf(entry.tenantId);
      log.entries.push(frozenCopy(entry));
      logs.set(entry.tenantId, log);
      journal.record(() => log.entries.pop());
    },
    oldestFirst: (tenantId, { after, limit }) => {
      const start = Math.max(after === undefined ? 0 : Number(after), logOf(tenantId).trimmed);
      return range(tenantId, start, start + limit);
    },
    newestFirst: (tenantId, { after, limit }) => {
      const last = after === undefined ? end(tenantId) : Number(after) - 1;
      return range(tenantId, Math.max(0, last - limit), Math.max(0, last)).reverse();
    },
    last: (tenantId) => (logOf(tenantId).entries.length === 0 ? null : String(end(tenantId))),
    trim: (tenantId, limit, mayGo) => {
      const before = logOf(tenantId);
      const oldest = range(tenantId, before.trimmed, before.trimmed + limit);
      const stays = oldest.findIndex(({ entry, position }) => !mayGo(entry, Number(position)));
      const gone = stays === -1 ? oldest : oldest.slice(0, stays);
      if (gone.length === 0) return gone;
      logs.set(tenantId, { trimmed: before.trimmed + gone.length, entries: before.entries.slice(gone.length) });
      journal.record(() => logs.set(tenantId, before));
      return gone;
    },
  };
}

export function createLogRepository<Entry extends { readonly tenantId: string; readonly at: string }>(
  journal: Journal,
): LogRepository<Entry> {
  const log = createLog<Entry>(journal);
  return {
    append: async (entry) => log.append(entry),
    page: async (tenantId, slice) => log.newestFirst(tenantId, slice),
    trim: async (tenantId, before, limit) => log.trim(tenantId, limit, ({ at }) => at < before).length,
  };
}
