/**
 * From the first use to the last: the store is migrated before anything is read from it, then the change feed begins;
 * at the end it is drained.
 *
 * @module
 */
import type { EngineContext } from "./context.ts";
import { isProvisioningError, ProvisioningError } from "./errors.ts";
import type { Store } from "./ports/index.ts";
import type { RunningChangeFeed } from "./sync/change-feed.ts";

export interface Lifecycle {
  readonly context: EngineContext;
  ready(): Promise<void>;
  close(): Promise<void>;
}

/** @param createContext makes the context on a store that migrates itself */
export function createLifecycle(
  store: Store,
  feed: RunningChangeFeed,
  createContext: (store: Store) => EngineContext,
): Lifecycle {
  const migrated = once(() => store.migrate().catch(notMigrated));
  const started = once(() => feed.start(context));
  const begin = async () => {
    await migrated();
    // The feed itself gets here as it starts, so nobody waits for it.
    started().catch((error: unknown) =>
      context.logger.error({ error: String(error) }, "The change feed did not start."),
    );
  };
  const context = createContext({
    capabilities: store.capabilities,
    transaction: async (scope, work) => {
      if (!started.isDone()) await begin();
      return store.transaction(scope, work);
    },
    migrate: migrated,
    close: () => store.close(),
  });
  return {
    context,
    ready: async () => {
      await migrated();
      await started();
    },
    close: async () => {
      await started.settled();
      await feed.drained();
      await feed.close();
    },
  };
}

/** Whatever the database says, to a client it is a matter of time. */
function notMigrated(cause: unknown): never {
  if (isProvisioningError(cause)) throw cause;
  throw new ProvisioningError("unavailable", "The store cannot be reached or brought up to date.", {
    hint: "The cause of this error says what the database answered.",
    cause,
  });
}

interface Once {
  (): Promise<void>;
  /** Whether it was done, and did not fail. */
  isDone(): boolean;
  /** Settles with what is under way, whatever becomes of it. */
  settled(): Promise<void>;
}

/** Does something once; again when it failed and somebody asks again. */
function once(act: () => Promise<void>): Once {
  let attempt: Promise<void> | undefined;
  let isDone = false;
  const run = () => {
    attempt ??= act().then(
      () => {
        isDone = true;
      },
      (error: unknown) => {
        attempt = undefined;
        throw error;
      },
    );
    return attempt;
  };
  return Object.assign(run, {
    isDone: () => isDone,
    settled: async () => void (await attempt?.catch(() => undefined)),
  });
}
