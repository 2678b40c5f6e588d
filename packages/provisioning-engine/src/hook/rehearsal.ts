/**
 * A use case that the host may prevent is rehearsed: run, rolled back, asked about outside of any transaction, and run
 * again. It is committed only when all that it does was agreed to, word for word; a hook that hangs holds no lock.
 *
 * @module
 */

import type { Reader } from "../account/group-role.ts";
import { ProvisioningError } from "../errors.ts";
import type { ChangeRecord, NewId } from "../ports/index.ts";
import type { Hooks, Question } from "./hooks.ts";

/** What the host has agreed to, and the ids that were given out: the next run gives out the same. */
export interface Rehearsal {
  /** Begins a run. */
  rewind(): void;
  readonly newId: NewId;
  /** Ends a run, inside its transaction, by rolling it back when there is something to ask. */
  agreed(reader: Reader, changes: readonly ChangeRecord[]): Promise<void>;
}

/** Rolls a run back; nobody but `rehearsed` sees it. */
class Unasked extends Error {
  readonly questions: readonly Question[];

  constructor(questions: readonly Question[]) {
    super("The host has not been asked yet.");
    this.questions = questions;
  }
}

/** Others may change the same between question and answer; this often, and it is for them to try again. */
const MOST_ROUNDS = 4;

/**
 * @param run the whole use case in a transaction; ends with `rehearsal.agreed`
 * @throws {ProvisioningError} `vetoed`, `hook_failed`; `conflict` when the answers are always outdated
 */
export async function rehearsed<T>(hooks: Hooks, newId: NewId, run: (rehearsal: Rehearsal) => Promise<T>): Promise<T> {
  const agreed = new Set<string>();
  const rehearsal = createRehearsal(hooks, newId, agreed);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    try {
      rehearsal.rewind();
      return await run(rehearsal);
    } catch (error) {
      if (!(error instanceof Unasked)) throw error;
      await hooks.ask(error.questions);
      for (const question of error.questions) agreed.add(keyOf(question));
    }
  }
  throw new ProvisioningError("conflict", "Others changed the same at the same time. Try again.");
}

function createRehearsal(hooks: Hooks, newId: NewId, agreed: ReadonlySet<string>): Rehearsal {
  const ids: string[] = [];
  let next = 0;
  return {
    rewind: () => {
      next = 0;
    },
    newId: () => {
      if (next === ids.length) ids.push(newId());
      return ids[next++] as string;
    },
    agreed: async (reader, changes) => {
      const questions = (await hooks.questions(reader, changes)).filter((question) => !agreed.has(keyOf(question)));
      if (questions.length > 0) throw new Unasked(questions);
    },
  };
}

/** Ids and time are the same in each run, so that only what was changed by others makes a new question. */
function keyOf(question: Question): string {
  return JSON.stringify(question);
}
