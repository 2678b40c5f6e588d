/**
 * Waiting for the person, or the supervisor, to end the process.
 *
 * @module
 */

const SIGNALS = ["SIGTERM", "SIGINT"] as const;

/** Terminals signal everybody, and whoever started this process passes it on: one wish may come several times. */
const SAME_WISH_MS = 1_000;

/** Settles at the first SIGTERM or SIGINT. A later one ends the process at once, as signals do. */
export function untilAskedToStop(): Promise<void> {
  return new Promise((resolve) => {
    const stop = () => {
      resolve();
      setTimeout(() => {
        for (const signal of SIGNALS) process.off(signal, stop);
      }, SAME_WISH_MS).unref();
    };
    for (const signal of SIGNALS) process.on(signal, stop);
  });
}
