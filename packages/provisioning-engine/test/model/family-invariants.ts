/**
 * What holds between a parent and its children.
 *
 * @module
 */
import { ensure, ensureSame, type Invariant, isLimited, KINDS, parentOf } from "./observation.ts";
import { limitOf, mayKeep } from "./seat-invariants.ts";
import { tenantState } from "./step.ts";
import { ROOT } from "./world.ts";

/** I24, I27: a child has no identity provider, SCIM settings or tokens: it shows those of its parent. */
export const childrenOwnNothing: Invariant = ({ after }) => {
  for (const { tenant, connection, credentials, users, groups } of after.values()) {
    if (tenant.parentId === null) ensure(connection.settings !== null, "I24: a root has no settings", tenant.id);
    else {
      const own = [connection.settings === null, credentials.length, users.length, groups.length];
      ensureSame(own, [true, 0, 0, 0], `I24: the child ${tenant.id} has something of its own.`);
    }
  }
};

/** I26: inheritance is one level deep, and names the same tenant by both of its ends. */
export const inheritanceIsFlat: Invariant = ({ after }) => {
  for (const child of after.values()) {
    const { tenant, connection } = child;
    const parent = parentOf(after, child);
    ensure((tenant.parentId === null) === (parent === undefined), "I26: the parent is missing of", tenant.id);
    ensure((parent?.tenant.parentId ?? null) === null, "I26: a grandchild", tenant.id);
    ensureSame(connection.parentId, parent?.connection.id ?? null, "I26: tenant and connection differ in parents.");
  }
};

/** I25, I28: with nothing left to do, each child has the seats of its parent's people, and heard of all of them. */
export const childrenConverge: Invariant = ({ after, did }) => {
  for (const child of after.values()) {
    const parent = parentOf(after, child);
    if (parent === undefined) continue;
    ensure(child.upToDate || did.drained !== true, "I28: the child is behind", child.tenant.id);
    if (!child.upToDate) continue;
    const people = parent.accounts.filter(({ connectionId }) => connectionId === parent.connection.id);
    for (const account of people) {
      const admitted =
        account.active && parent.seats.find(({ accountId }) => accountId === account.id)?.state === "held";
      const seat = child.seats.find(({ accountId }) => accountId === account.id);
      const keeps = !account.active && mayKeep(after, child, seat);
      const expected = isLimited(child) && (admitted || keeps) ? account.kind : undefined;
      ensureSame(seat?.kind, expected, `I28: the seat of ${account.id} in ${child.tenant.id}.`);
      const told = child.changes.filter(
        ({ type, accountId }) => type === "account.created" && accountId === account.id,
      );
      ensure(told.length === 1, `I28: ${child.tenant.id} heard ${told.length} times of`, account.id);
    }
    const known = new Set([...people, ...child.accounts].map(({ id }) => id));
    const orphans = child.seats.filter(({ accountId }) => !known.has(accountId));
    ensureSame(orphans, [], `I28: seats of nobody in ${child.tenant.id}.`);
  }
};

/** I31: a connection that others inherit does not end without a choice of what becomes of them. */
export const parentsDoNotVanish: Invariant = ({ did, before, after, broken }) => {
  if (did.archives === undefined || broken || did.outcome.status >= 400) return;
  // Archived in this way already, it was asked then.
  if (tenantState(before, ROOT).connection.settings?.archive?.mode === did.archives.mode) return;
  const children = [...before.values()].filter(({ tenant }) => tenant.parentId === ROOT);
  ensure(
    children.length === 0 || did.archives.children !== undefined,
    "I31: a parent was archived unasked",
    did.archives,
  );
  const kept = children.filter(({ tenant }) => after.get(tenant.id)?.tenant.parentId === ROOT).length;
  ensure(kept === (did.archives.children === "cascade" ? children.length : 0), "I31: children became something else.");
};

/** I29, R115: what is refused for want of a seat is refused for want of one at the parent itself. */
export const fullChildrenRefuseNothing: Invariant = ({ did, step, before, after, world, broken }) => {
  if (step.author !== "directory" || broken || did.outcome.status !== 403) return;
  const [was, root] = [tenantState(before, ROOT), tenantState(after, ROOT)];
  const refused = root.failures.some(({ cause, lastSeen }) => cause === "seat_limit" && lastSeen === world.now());
  const isFull = KINDS.some((kind) => was.seatCount[kind].held >= limitOf(was, kind));
  ensure(!refused || isFull, "I29: refused for want of a seat while none is missing at the parent.", did.outcome);
};
