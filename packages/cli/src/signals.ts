/**
 * Waiting for the person, or the supervisor, to end the process.
 *
 * @module
 */

/** Settles at the first SIGTERM or SIGINT. A second one ends the process at once, as signals do. */
export function untilAskedToStop(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => resolve());
  });
}
