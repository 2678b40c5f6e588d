/**
 * The change feed, and the cursors of those who read it.
 *
 * @module
 */
import type { ChangeRecord, ChangeRepository } from "../../ports/index.ts";
import type { Journal } from "./journal.ts";
import { createLog } from "./log.ts";
import { createTable } from "./table.ts";

interface Cursor {
  readonly tenantId: string;
  readonly consumer: string;
  readonly position: string;
}

export function createChanges(journal: Journal): ChangeRepository {
  const feed = createLog<ChangeRecord>(journal);
  const cursors = createTable<Cursor, never>(journal, {
    owner: ({ tenantId }) => tenantId,
    id: ({ consumer }) => consumer,
    indexes: {},
  });
  return {
    append: async (change) => feed.append(change),
    read: async (tenantId, slice) =>
      feed.oldestFirst(tenantId, slice).map(({ position, entry }) => ({ position, change: entry })),
    last: async (tenantId) => feed.last(tenantId),
    cursor: async (tenantId, consumer) => cursors.get(tenantId, consumer)?.position ?? null,
    advance: async (tenantId, consumer, position) => cursors.put({ tenantId, consumer, position }),
    trim: async (tenantId, { before, unreadBefore, consumers, limit }) => {
      const read = consumers.map((consumer) => Number(cursors.get(tenantId, consumer)?.position ?? 0));
      const passed = Math.min(...read);
      const gone = feed.trim(
        tenantId,
        limit,
        ({ at }, position) => (at < before && position <= passed) || at < unreadBefore,
      );
      const last = gone.at(-1);
      if (last === undefined) return { removed: 0, upTo: null, unreadBy: [] };
      const { position, entry } = last;
      const unreadBy = consumers.filter((_, index) => Number(read[index]) < Number(position));
      return { removed: gone.length, upTo: { position, at: entry.at }, unreadBy };
    },
    forget: async (tenantId, consumer) => {
      cursors.delete(tenantId, consumer);
    },
  };
}
