/**
 * How a transaction is undone: each write leaves the step that takes it back.
 *
 * @module
 */

export interface Journal {
  record(undo: () => void): void;
  /** Keeps what was written. */
  commit(): void;
  /** Takes back everything since the last commit or rollback, newest first. */
  rollback(): void;
}

export function createJournal(): Journal {
  let steps: (() => void)[] = [];
  return {
    record: (undo) => {
      steps.push(undo);
    },
    commit: () => {
      steps = [];
    },
    rollback: () => {
      for (const undo of steps.toReversed()) undo();
      steps = [];
    },
  };
}
