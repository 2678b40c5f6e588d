/**
 * Runs tasks one after the other, in the order in which they came.
 *
 * @module
 */

export interface Queue {
  /** Settles as the task does; a task that fails does not stop those behind it. */
  add<T>(task: () => Promise<T>): Promise<T>;
  /** Resolves when everything added so far has settled. */
  idle(): Promise<void>;
}

export function createQueue(): Queue {
  let last: Promise<unknown> = Promise.resolve();
  return {
    add: (task) => {
      const result = last.then(task);
      last = result.catch(() => {});
      return result;
    },
    idle: async () => {
      await last;
    },
  };
}
