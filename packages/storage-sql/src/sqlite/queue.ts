/**
 * One thing at a time: the connection has one transaction, so its users stand in line.
 *
 * @module
 */
import { setImmediate } from "node:timers/promises";

export interface Queue {
  /** Runs a task after those before it; settles as the task does. */
  add<T>(task: () => Promise<T>): Promise<T>;
}

export function createQueue(): Queue {
  let last: Promise<unknown> = Promise.resolve();
  return {
    add: (task) => {
      const result = last.then(task);
      // SQLite answers without leaving the thread: between two tasks the event loop, and other processes, get a turn.
      last = result.catch(() => undefined).then(() => setImmediate());
      return result;
    },
  };
}
