/**
 * What holds of the failures that an admin reads.
 *
 * @module
 */
import { ensure, ensureSame, ensureUnique, type Invariant, shown } from "./observation.ts";
import type { TenantState } from "./state.ts";
import { ROOT, STRANGER } from "./world.ts";

/** I32: one open failure for each tenant, subject and cause; whoever waits for a seat has one, and nobody else. */
export const failuresAreListedOnce: Invariant = ({ after }) => {
  for (const tenant of after.values()) {
    const open = tenant.failures.filter(({ resolvedAt }) => resolvedAt === null);
    ensureUnique(
      open.map(({ subject, cause }) => `${subject.type} ${subject.key} ${cause}`),
      "I32: a failure is open twice.",
    );
    if (!tenant.upToDate) continue;
    const waiting = tenant.seats.filter(({ state }) => state === "waiting").map(({ accountId }) => accountId);
    const names = shown(after, tenant).filter(({ id }) => waiting.includes(id));
    for (const { userName } of names) {
      const listed = open.some(
        ({ cause, subject }) => cause === "seat_limit" && subject.key === userName.toLowerCase(),
      );
      ensure(listed, `I32: in ${tenant.tenant.id} nobody reads why somebody waits:`, userName);
    }
  }
};

/** I32: who waits no more, or is gone, is not listed as somebody who waits. */
export const nobodyIsListedInVain: Invariant = ({ after }) => {
  for (const tenant of after.values()) {
    if (!tenant.upToDate) continue;
    const waiting = new Set(tenant.seats.filter(({ state }) => state === "waiting").map(({ accountId }) => accountId));
    const people = shown(after, tenant).filter(({ id }) => waiting.has(id));
    const names = new Set(people.map(({ userName }) => userName.toLowerCase()));
    const stale = tenant.failures.filter(({ cause, resolvedAt, message, subject }) => {
      const isOpen = cause === "seat_limit" && resolvedAt === null && message.includes(" waits for a ");
      return isOpen && !names.has(subject.key);
    });
    ensureSame(stale, [], `I32: in ${tenant.tenant.id} somebody is said to wait who does not.`);
  }
};

/** I32: a refused write of the directory is listed under its cause; an accepted one leaves nothing that it disproves. */
export const refusalsAreFiled: Invariant = ({ did, step, after, before, broken }) => {
  if (step.author !== "directory" || broken || did.repeats === true) return;
  const [root, was] = [after.get(ROOT), before.get(ROOT)];
  const isFiled = [409, 400, 403].includes(did.outcome.status);
  if (!isFiled || did.outcome.code === "invalidSyntax") return;
  const attempts = (state: TenantState | undefined) =>
    state?.failures.reduce((sum, failure) => sum + failure.attempts, 0);
  ensure(
    (attempts(root) ?? 0) === (attempts(was) ?? 0) + 1,
    "I32: a refused write was not filed once.",
    did.outcome,
    root?.failures,
  );
};

const DISPROVED: readonly string[] = ["validation", "conflict", "internal", "last_owner"];

/** I32: a write that succeeds closes what it disproves. */
export const successCloses: Invariant = ({ did, step, after, broken }) => {
  const { status, body } = did.outcome;
  if (step.author !== "directory" || broken || status >= 300) return;
  const { userName } = (body ?? {}) as { readonly userName?: string };
  const open = after.get(ROOT)?.failures.filter(({ resolvedAt, subject, cause }) => {
    return resolvedAt === null && subject.key === userName?.toLowerCase() && DISPROVED.includes(cause);
  });
  ensureSame(open, [], "I32: a success left failures open.");
};

/** I33: no failure tells a secret, or anything of another tenant. */
export const failuresTellNoSecrets: Invariant = ({ after, world }) => {
  for (const { failures, tenant } of after.values()) {
    const text = failures.map(({ message }) => message).join("\n");
    for (const token of world.tokens()) ensure(!text.includes(token), "I33: a failure tells a token", tenant.id);
    ensure(!text.includes(STRANGER), "I33: a failure tells of another tenant", text);
  }
};
