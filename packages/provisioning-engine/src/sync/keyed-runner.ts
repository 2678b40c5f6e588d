/**
 * Runs work per key: at most once at a time for one key, again when the key was woken meanwhile, later when it failed.
 * Keys do not wait for one another.
 *
 * @module
 */

export interface KeyedRunner {
  wake(key: string): void;
  /** Settles when nothing runs; work that waits for its next try does not count. */
  idle(): Promise<void>;
  /** Starts nothing more, and waits for what runs. */
  stop(): Promise<void>;
}

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 60_000;

/**
 * @param work rejects to be tried again, after a pause that doubles each time
 * @param onError told of each failed try
 */
export function createKeyedRunner(
  work: (key: string) => Promise<void>,
  onError: (error: unknown, key: string) => void,
): KeyedRunner {
  const running = new Map<string, { again: boolean; readonly done: Promise<void> }>();
  const retries = new Map<string, { readonly timer: NodeJS.Timeout; readonly pause: number }>();
  let stopped = false;

  const retryLater = (key: string, pause: number) => {
    if (stopped) return;
    const timer = setTimeout(() => wake(key), pause);
    timer.unref();
    retries.set(key, { timer, pause });
  };
  const turn = async (key: string) => {
    const previous = retries.get(key);
    clearTimeout(previous?.timer);
    try {
      await work(key);
      retries.delete(key);
    } catch (error) {
      onError(error, key);
      retryLater(key, Math.min((previous?.pause ?? FIRST_RETRY_MS / 2) * 2, LAST_RETRY_MS));
    }
  };
  const run = async (key: string) => {
    // Whoever woke us finishes first: its transaction has just been committed.
    await Promise.resolve();
    for (let entry = running.get(key); entry?.again && !stopped; ) {
      entry.again = false;
      await turn(key);
    }
    running.delete(key);
  };
  const wake = (key: string) => {
    if (stopped) return;
    const entry = running.get(key);
    if (entry === undefined) running.set(key, { again: true, done: run(key) });
    else entry.again = true;
  };
  const idle = async () => {
    while (running.size > 0) await Promise.all([...running.values()].map(({ done }) => done));
  };
  return {
    wake,
    idle,
    stop: async () => {
      stopped = true;
      for (const { timer } of retries.values()) clearTimeout(timer);
      await idle();
    },
  };
}
