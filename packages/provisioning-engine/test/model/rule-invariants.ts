/**
 * What holds of rules: their answer depends on the person and on nothing else.
 *
 * @module
 */
import type { DecidedRole, RoleRule } from "../../src/ports/index.ts";
import { byId, ensureSame, type Invariant } from "./observation.ts";
import { isHeld } from "./rule-conditions.ts";
import { tenantState } from "./step.ts";
import { ROOT } from "./world.ts";

/** I41: everybody has what the first rule that holds of them gives, whenever and however often it was asked. */
export const rulesDecide: Invariant = ({ after }) => {
  const { connection, users, accounts } = tenantState(after, ROOT);
  const rules = connection.settings?.roleMapping.rules ?? [];
  const known = byId(accounts);
  for (const user of users) {
    const account = known.get(user.accountId);
    const matching = rules.filter(({ when }) => isHeld(when, user));
    const expected = [given(matching, "role"), given(matching, "contentRole")];
    ensureSame(
      [account?.decidedRole ?? null, account?.decidedContentRole ?? null],
      expected,
      `I41: ${user.userName} got otherwise than the rules say.`,
    );
  }
};

function given(matching: readonly RoleRule[], slot: "role" | "contentRole"): DecidedRole | null {
  const value = matching.find(({ then }) => then[slot] !== undefined)?.then[slot];
  return value === undefined ? null : { value, source: "rule" };
}

/** I41: who asks twice hears the same. */
export const questionsHaveOneAnswer: Invariant = ({ did, broken }) => {
  if (did.answers === undefined || broken || did.tenantId !== ROOT) return;
  const [first, ...others] = did.answers;
  for (const other of others) ensureSame(other, first, "I41: the same question has another answer.");
};
