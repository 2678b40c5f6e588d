/**
 * The background work of metadata: looks every minute for connections whose metadata is to be read.
 *
 * @module
 */
import type { MetadataOptions } from "../connection/load-metadata.ts";
import type { EngineContext } from "../context.ts";
import { type MetadataSource, refreshConnection } from "./refresh-connection.ts";

export interface MetadataRefresher {
  /** Begins to work, with what is due already. */
  start(context: EngineContext): void;
  /** Breaks off what is being read, and reads nothing more; the rest waits for the next start. */
  close(): Promise<void>;
}

const PAUSE_MS = 60_000;

/** Read at a time. */
const BATCH = 10;

export function createMetadataRefresher({
  allowedHosts,
  fetch = globalThis.fetch,
}: MetadataOptions): MetadataRefresher {
  const closing = new AbortController();
  const { signal } = closing;
  const source: MetadataSource = { allowedHosts, fetch };
  let timer: NodeJS.Timeout | undefined;
  let work = Promise.resolve();
  const run = async (context: EngineContext) => {
    while (!signal.aborted && (await refreshBatch(context, source, signal)));
    if (signal.aborted) return;
    timer = setTimeout(() => begin(context), PAUSE_MS);
    timer.unref();
  };
  const begin = (context: EngineContext) => {
    work = run(context);
  };
  return {
    start: begin,
    close: async () => {
      closing.abort();
      clearTimeout(timer);
      await work;
    },
  };
}

/** @returns whether there may be more; what went wrong waits for the next look */
async function refreshBatch(context: EngineContext, source: MetadataSource, signal: AbortSignal): Promise<boolean> {
  try {
    const now = context.clock().toISOString();
    const due = await context.store.transaction({ tenantId: null }, (tx) => tx.connections.metadataDue(now, BATCH));
    const outcomes = await Promise.allSettled(due.map((record) => refreshConnection(context, source, record, signal)));
    const [failed] = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []));
    if (failed !== undefined) throw failed;
    return due.length === BATCH;
  } catch (error) {
    context.logger.warn({ error: String(error) }, "Metadata of identity providers will be read later.");
    return false;
  }
}
