/**
 * Asking the host: what about, in which order, and for how long. Never decides when (`rehearsal.ts`).
 *
 * @module
 */
import type { Reader } from "../account/group-role.ts";
import { effectiveConnection } from "../connection/effective-connection.ts";
import { withinDeadline } from "../deadline.ts";
import { isProvisioningError, ProvisioningError } from "../errors.ts";
import type { ChangeRecord } from "../ports/index.ts";
import { readEvent } from "../sync/event-payload.ts";
import { HOOK_DEADLINE_SECONDS, type HookedEvent, type HookOptions, type Hooks, type Question } from "./hooks.ts";

export function createHooks({ before, deadlineSeconds = HOOK_DEADLINE_SECONDS.default }: HookOptions): Hooks {
  const hookOf = (name: string): AnyHook | undefined =>
    Object.hasOwn(before, name) ? (before[name as HookedEvent] as AnyHook | undefined) : undefined;
  const askAll = async (events: readonly Question[], signal: AbortSignal) => {
    for (const event of events) {
      if (!signal.aborted) await askOne(hookOf(event.type), event, signal);
    }
  };
  return {
    questions: (reader, changes) =>
      readQuestions(
        reader,
        changes.filter(({ type }) => hookOf(type) !== undefined),
      ),
    ask: (questions) =>
      withinDeadline(
        deadlineSeconds * 1000,
        (signal) => askAll(questions, signal),
        () => hookFailed("hooks", `did not answer within ${deadlineSeconds} seconds`),
      ),
  };
}

async function readQuestions(reader: Reader, changes: readonly ChangeRecord[]): Promise<readonly Question[]> {
  const questions: Question[] = [];
  for (const change of changes) {
    const event = await readEvent(reader, await effectiveConnection(reader.tx, change.tenantId), change);
    if (event !== undefined) questions.push(event);
  }
  return questions;
}

type AnyHook = (event: Question, moment: { readonly signal: AbortSignal }) => unknown;

async function askOne(hook: AnyHook | undefined, event: Question, signal: AbortSignal): Promise<void> {
  try {
    await hook?.(structuredClone(event), { signal });
  } catch (error) {
    if (isProvisioningError(error) && error.code === "vetoed") throw error;
    throw hookFailed(event.type, "failed", error);
  }
}

function hookFailed(name: string, what: string, cause?: unknown): ProvisioningError {
  return new ProvisioningError("hook_failed", "A check of this application failed, and nothing was changed.", {
    hint: `The option hooks.before: ${name} ${what}. Throw veto(…) to refuse.`,
    ...(cause === undefined ? {} : { cause }),
  });
}
