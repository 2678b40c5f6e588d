/**
 * Before-hooks: the host is asked before something happens, in the words of the event that would tell of it, and may say
 * no.
 *
 * @module
 */

import type { Reader } from "../account/group-role.ts";
import type { EventName, ProvisioningEvents } from "../events.ts";
import type { ChangeRecord } from "../ports/index.ts";

/** Events that the host may prevent. The others tell of what follows by itself, or of what was refused already. */
export type HookedEvent = Exclude<
  EventName,
  | "account.admitted"
  | "account.signed_in"
  | "account.signed_out"
  | "sync.failed"
  | `connection.${string}`
  | "webhook.disabled"
>;

/** @param moment.signal aborts when the deadline has passed: nobody waits for the answer any more */
export type BeforeHook<Name extends HookedEvent> = (
  event: ProvisioningEvents[Name],
  moment: { readonly signal: AbortSignal },
) => void | Promise<void>;

export interface HookOptions {
  /**
   * Asked before the event happens, outside of any transaction: the account or group in the event is as it would become.
   * Return to agree, throw `veto(…)` to refuse. A question may be asked again: answer it without side effects.
   *
   * @example
   * before: {
   *   "account.created": ({ account }) => {
   *     if (!isOurs(account.email)) throw veto("invalidValue", "Only addresses of example.com may be provisioned.");
   *   },
   * }
   */
  readonly before: { readonly [Name in HookedEvent]?: BeforeHook<Name> | undefined };
  /** How long a request waits for all of its answers together: at most 30; 5 when absent. */
  readonly deadlineSeconds?: number | undefined;
}

/** An event that would happen. */
export type Question = ProvisioningEvents[EventName];

/** The hooks of one engine, as a use case asks them. */
export interface Hooks {
  /** What the host would be asked about these changes, which the transaction has written already. */
  questions(reader: Reader, changes: readonly ChangeRecord[]): Promise<readonly Question[]>;
  /**
   * @throws {ProvisioningError} `vetoed`; `hook_failed` when a hook throws something else, or says nothing in time
   */
  ask(questions: readonly Question[]): Promise<void>;
}

export const HOOK_DEADLINE_SECONDS = { default: 5, max: 30 } as const;
