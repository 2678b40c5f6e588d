/**
 * What holds of people, their links and their local state.
 *
 * @module
 */
import { isDeepStrictEqual } from "node:util";
import { OWNER_ROLE } from "../../src/account/role.ts";
import type { AccountRecord, OverlayRecord } from "../../src/ports/index.ts";
import {
  byId,
  byMachine,
  ensure,
  ensureSame,
  ensureUnique,
  type Invariant,
  overlayOf,
  pairs,
  parentOf,
  seatOf,
  shown,
} from "./observation.ts";
import type { State, TenantState } from "./state.ts";
import { ROOT, STRANGER, type World } from "./world.ts";

function hasOwner(state: State, tenant: TenantState): boolean {
  return shown(state, tenant).some((account) => {
    const overlay = overlayOf(tenant, account.id);
    const isOwner = account.kind === "user" && overlay?.role === OWNER_ROLE;
    return isOwner && account.active && !overlay.suspended && seatOf(state, tenant, account)?.state === "held";
  });
}

/** I1: the last active owner of a tenant is never taken away by a machine. */
export const lastOwnerStays: Invariant = (observation) => {
  if (!byMachine(observation)) return;
  for (const { before, after } of pairs(observation)) {
    const lost = hasOwner(observation.before, before) && !hasOwner(observation.after, after);
    ensure(!lost, "I1: the last owner is gone from", after.tenant.id);
  }
};

/** I2: break-glass accounts are untouched by SCIM, and no resource stands for them. */
export const breakGlassIsApart: Invariant = (observation) => {
  for (const { before, after } of pairs(observation)) {
    for (const account of after.accounts.filter(({ breakGlass }) => breakGlass)) {
      const users = after.users.filter(({ accountId }) => accountId === account.id);
      ensure(users.length === 0 && account.connectionId === null, "I2: a break-glass account is linked", account);
      if (!byMachine(observation)) continue;
      ensureSame(account, byId(before.accounts).get(account.id), "I2: a machine changed a break-glass account.");
    }
  }
};

/** I3, I6: accounts keep their id, and only a person's wish deletes one. */
export const accountsStay: Invariant = (observation) => {
  for (const { before, after } of pairs(observation)) {
    const now = new Set(after.accounts.map(({ id }) => id));
    const gone = before.accounts.filter(({ id }) => !now.has(id)).map(({ id }) => id);
    const wanted = observation.did.deletes ?? [];
    ensure(
      gone.every((id) => wanted.includes(id)),
      "I6: accounts are gone from",
      after.tenant.id,
      gone,
    );
    const users = byId(before.users);
    for (const { id, accountId } of after.users) {
      const was = users.get(id);
      const stays = was === undefined || was.accountId === accountId || !now.has(was.accountId);
      ensure(stays, "I3: a resource has another account", id);
    }
  }
};

/** I4, I23, I19: what is local to a tenant about people and groups is not a machine's to write. */
export const localStateStays: Invariant = (observation) => {
  if (!byMachine(observation)) return;
  for (const { before, after } of pairs(observation)) {
    const parent = parentOf(observation.after, after) ?? after;
    const groups = new Set(parent.groups.flatMap(({ id }) => [`${id}.user`, `${id}.reader`]));
    const accounts = new Set(shown(observation.after, after).map(({ id }) => id));
    const stays = ({ accountId }: OverlayRecord) => accounts.has(accountId) || groups.has(accountId);
    ensureSame(after.overlays.filter(stays), before.overlays.filter(stays), "I4: a machine changed what is local.");
  }
};

/** I5: nobody signs in who is inactive, waits for a seat, or is suspended, here or at the parent. */
export const onlyActivePeopleSignIn: Invariant = async ({ before, after, world, broken }) => {
  if (broken || isDeepStrictEqual(signInFacts(after), signInFacts(before))) return;
  for (let state = after, settled = false; !settled; ) {
    const wrong = await wrongSignIns(state, world);
    const now = await world.read();
    // What follows in the background may have come between the question and the answer.
    settled = wrong.length === 0 || isDeepStrictEqual(now, state);
    if (settled) ensureSame(wrong, [], "I5: may sign in, or may not, although they should:");
    state = now;
  }
};

/** Without a change of these the answers are those of the last step. */
function signInFacts(state: State): unknown {
  return [...state.values()].map(({ tenant, connection, accounts, overlays, seats }) => {
    return { tenant, connection, accounts, overlays, seats };
  });
}

async function wrongSignIns(state: State, world: World): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const tenant of state.values()) {
    for (const account of shown(state, tenant)) {
      const may = maySignIn(state, tenant, account);
      if ((await world.canSignIn(tenant.tenant.id, account.id)) !== may)
        wrong.push(`${tenant.tenant.id} ${account.userName}`);
    }
  }
  return wrong;
}

function maySignIn(state: State, tenant: TenantState, account: AccountRecord): boolean {
  const parent = account.tenantId === tenant.tenant.id ? undefined : parentOf(state, tenant);
  const suspended = [tenant, parent].some((where) => where && overlayOf(where, account.id)?.suspended);
  return account.active && !suspended && seatOf(state, tenant, account)?.state === "held";
}

/** I7: one account per person and tenant. */
export const onePersonOneAccount: Invariant = ({ after }) => {
  for (const tenant of after.values()) {
    ensureUnique(
      tenant.accounts.map(({ userName }) => userName.toLowerCase()),
      `I7: people of ${tenant.tenant.id} share a name.`,
    );
  }
};

/** I8: user names and external ids are unique among resources that are not deleted. */
export const resourcesAreUnique: Invariant = ({ after }) => {
  for (const { users } of after.values()) {
    ensureUnique(
      users.map(({ userName }) => userName.toLowerCase()),
      "I8: two resources have one userName.",
    );
    ensureUnique(
      users.flatMap(({ externalId }) => externalId ?? []),
      "I8: two resources have one externalId.",
    );
  }
};

/** I9: a resource has one account, and an account one resource. */
export const linksAreOneToOne: Invariant = ({ after }) => {
  for (const { users, accounts, connection } of after.values()) {
    ensureUnique(
      users.map(({ accountId }) => accountId),
      "I9: two resources have one account.",
    );
    const known = byId(accounts);
    for (const { id, accountId, active, userName } of users) {
      const account = known.get(accountId);
      ensure(account !== undefined, "I9: a resource has no account", id, accountId);
      ensureSame(
        [account?.directoryUserId, account?.connectionId],
        [id, connection.id],
        "I9: a link holds on one side only.",
      );
      if (connection.settings?.scimEnabled !== true) continue;
      ensure(typeof active === "boolean" && userName !== "", "I9: a resource is incomplete", id);
    }
  }
};

/** I10: no tenant's account is linked to the connection of another, and strangers notice nothing. */
export const connectionsKeepApart: Invariant = (observation) => {
  for (const { accounts, connection } of observation.after.values()) {
    for (const account of accounts) {
      const own = account.connectionId === null || account.connectionId === connection.id;
      ensure(own, "I10: an account is linked to another connection", account);
    }
  }
  const [before, after] = [observation.before.get(STRANGER), observation.after.get(STRANGER)];
  ensureSame(after, before, "I10: a stranger has changed.");
};

/** I11: a hand-made account is linked only where somebody vouches for its domain. */
export const linksAreProven: Invariant = (observation) => {
  for (const { before, after } of pairs(observation)) {
    const were = byId(before.accounts);
    for (const account of after.accounts) {
      const was = were.get(account.id);
      if (was === undefined || was.connectionId === account.connectionId || account.connectionId === null) continue;
      const { linkPolicy, verifiedDomains } = after.connection.settings ?? {};
      const domain = was.email?.split("@")[1]?.toLowerCase() ?? "";
      const proven = linkPolicy === "verifiedDomain" && verifiedDomains?.includes(domain);
      ensure(was.connectionId === null && proven === true, "I11: linked without proof", account);
    }
  }
};

/** I12: silence demotes nobody, unless the connection says so. */
export const silenceKeepsKinds: Invariant = (observation) => {
  if (observation.did.saysKind === true || !byMachine(observation)) return;
  for (const { before, after } of pairs(observation)) {
    if (after.connection.settings?.onNullKind === "reader") continue;
    const were = byId(before.accounts);
    for (const { id, kind } of after.accounts) {
      const was = were.get(id)?.kind ?? kind;
      if (observation.did.repeats !== true) ensure(was === kind, "I12: silence changed the kind of", id, was, kind);
    }
  }
};

/** I21, I22: while SCIM is on, what the directory owns is refused to everybody, with one code. */
export const lockedFieldsStay: Invariant = (observation) => {
  const { did, broken, step } = observation;
  // Archived, a connection owns nothing any more.
  if (step.author !== "person" || did.archives !== undefined) return;
  for (const { before, after } of pairs(observation)) {
    if (before.connection.settings?.scimEnabled !== true) continue;
    const were = byId(before.accounts);
    for (const account of after.accounts) {
      const was = were.get(account.id);
      if (was === undefined || was.connectionId === null) continue;
      const owned = ({ name, userName, email, kind, active }: AccountRecord) => ({
        name,
        userName,
        email,
        kind,
        active,
      });
      const isRetried = observation.step.title.includes("retry");
      if (!isRetried) ensureSame(owned(account), owned(was), "I21: a person changed what the directory owns.");
      if (did.locked === account.id && !broken) ensureSame(did.outcome.code, "managed_by_idp", "I22: not refused.");
    }
  }
};

/** R57, I3: whoever is pushed again after a DELETE gets the retained profile back. */
export const returningPeopleKeepTheirAccount: Invariant = ({ did, before, after }) => {
  const { id, userName, externalId } = (did.outcome.body ?? {}) as Readonly<Record<string, string | undefined>>;
  const [was, now] = [before.get(ROOT), after.get(ROOT)];
  if (did.outcome.status !== 201 || userName === undefined || externalId !== undefined) return;
  const live = new Set(was?.users.map(({ accountId }) => accountId));
  const retained = was?.accounts.find(
    (account) =>
      account.connectionId !== null &&
      !live.has(account.id) &&
      account.userName.toLowerCase() === userName.toLowerCase(),
  );
  if (retained === undefined) return;
  ensureSame(now?.users.find((user) => user.id === id)?.accountId, retained.id, "R57: a second account was made.");
};

/** I40: defaults are given once for each account and kind. */
export const defaultsAreGivenOnce: Invariant = (observation) => {
  for (const { before, after } of pairs(observation)) {
    const were = byId(before.accounts);
    for (const { id, defaultsApplied } of after.accounts) {
      ensureUnique(defaultsApplied, `I40: defaults were given twice to ${id}.`);
      const applied = were.get(id)?.defaultsApplied.length ?? 0;
      if (defaultsApplied.length > applied) continue;
      const isNew = (accountId: string, groupId: string) =>
        !before.localMembers.some((was) => was.accountId === accountId && was.groupId === groupId);
      const given = after.localMembers.filter(
        ({ accountId, groupId, source }) => source === "default" && accountId === id && isNew(accountId, groupId),
      );
      ensureSame(given, [], "I40: a default group was given again.");
    }
  }
};
