/**
 * The change feed: what was committed reaches the host's listeners and the child tenants, in order, each at the pace of
 * its own cursor. Owns the background work of an engine; never changes what a use case decided.
 *
 * @module
 */
import type { ChangeFeed, EngineContext } from "../context.ts";
import type { EventName, Listener } from "../events.ts";
import type { TenantId } from "../ports/index.ts";
import { runReview } from "../role-rule/review.ts";
import { deliverToListeners } from "./deliver.ts";
import { createKeyedRunner, type KeyedRunner } from "./keyed-runner.ts";
import { createListeners } from "./listeners.ts";
import { projectToChildren } from "./project.ts";

/** What the engine knows of the feed; a use case only wakes it. */
export interface RunningChangeFeed extends ChangeFeed {
  /** @returns stops listening */
  on<Name extends EventName>(name: Name, listener: Listener<Name>): () => void;
  /** Begins to work, with what an earlier process may have left. */
  start(context: EngineContext): Promise<void>;
  /** Settles when everything committed so far was delivered, or waits for another try. */
  drained(): Promise<void>;
  /** Finishes what runs and starts nothing more; the rest waits for the next start. */
  close(): Promise<void>;
}

const TENANTS_PER_PAGE = 500;

/** Brings whoever reads the feed of a tenant up to date; rejects to be tried again. */
export type FeedReader = (context: EngineContext, tenantId: TenantId) => Promise<void>;

/** @param readers beside the listeners and the children; each at a pace of its own */
export function createChangeFeed(...readers: readonly FeedReader[]): RunningChangeFeed {
  const listeners = createListeners();
  const own: FeedReader = async (context, tenantId) => {
    await deliverToListeners(context, listeners, tenantId);
    await runReview(context, tenantId);
    await projectToChildren(context, tenantId);
  };
  let runners: readonly KeyedRunner[] = [];
  const wake = (tenantId: TenantId) => {
    for (const runner of runners) runner.wake(tenantId);
  };
  return {
    wake,
    on: listeners.on,
    start: async (context) => {
      // A start that broke off half way is repeated: waking twice is once.
      if (runners.length === 0) runners = [own, ...readers].map((reader) => runnerOf(reader, context));
      for await (const tenantId of allTenants(context)) wake(tenantId);
    },
    drained: async () => void (await Promise.all(runners.map((runner) => runner.idle()))),
    close: async () => void (await Promise.all(runners.map((runner) => runner.stop()))),
  };
}

function runnerOf(reader: FeedReader, context: EngineContext): KeyedRunner {
  return createKeyedRunner(
    (tenantId) => reader(context, tenantId),
    (error, tenant) => context.logger.warn({ tenant, error: text(error) }, "The change feed will be tried again."),
  );
}

async function* allTenants({ store }: EngineContext): AsyncGenerator<TenantId> {
  let after: string | undefined;
  do {
    const slice = { after, limit: TENANTS_PER_PAGE };
    const page = await store.transaction({ tenantId: null }, (tx) => tx.tenants.list(slice));
    for (const { id } of page) yield id;
    after = page.length < TENANTS_PER_PAGE ? undefined : page.at(-1)?.id;
  } while (after !== undefined);
}

function text(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
