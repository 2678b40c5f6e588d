/**
 * What must hold after every step, whoever acted and whatever broke off: one small function for each invariant, by its
 * number. Each looks at the whole state, before and after.
 *
 * @module
 */
import { inspect, isDeepStrictEqual } from "node:util";
import { OWNER_ROLE } from "../../src/account/role.ts";
import type { AccountKind, AccountRecord, OverlayRecord } from "../../src/ports/index.ts";
import type { State, TenantState } from "./state.ts";
import type { Did, Step } from "./step.ts";
import { ROOT, STRANGER, type World } from "./world.ts";

/** A step, and the world around it. */
export interface Observation {
  readonly step: Step;
  readonly did: Did;
  readonly before: State;
  readonly after: State;
  /** Whether the store broke off meanwhile. */
  readonly broken: boolean;
  readonly world: World;
}

/** Throws when it does not hold. */
export type Invariant = (observation: Observation) => void | Promise<void>;

const KINDS: readonly AccountKind[] = ["user", "reader"];

function ensure(holds: boolean, complaint: string, ...facts: readonly unknown[]): void {
  if (!holds) throw new Error(`${complaint} ${facts.map((fact) => JSON.stringify(fact)).join(" ")}`);
}

function ensureSame(actual: unknown, expected: unknown, complaint: string): void {
  if (isDeepStrictEqual(actual, expected)) return;
  throw new Error(
    `${complaint} Expected ${inspect(onlyOther(expected, actual))}, not ${inspect(onlyOther(actual, expected))}`,
  );
}

/** Of two objects or lists, what only this one has: most of them is the same. */
function onlyOther(value: unknown, other: unknown): unknown {
  if (typeof value !== "object" || typeof other !== "object" || value === null || other === null) return value;
  const others: readonly unknown[] = Object.values(other);
  if (Array.isArray(value)) return value.filter((item) => !others.some((same) => isDeepStrictEqual(item, same)));
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, item]) => !isDeepStrictEqual(item, Reflect.get(other, key)))
      .map(([key, item]) => [key, onlyOther(item, Reflect.get(other, key))]),
  );
}

function ensureUnique(values: readonly string[], complaint: string): void {
  ensure(new Set(values).size === values.length, complaint, values);
}

interface TenantPair {
  readonly before: TenantState;
  readonly after: TenantState;
  readonly parent: TenantState | undefined;
}

/** Tenants that were there before. */
function pairs({ before, after }: Observation): readonly TenantPair[] {
  return [...after.values()].flatMap((now) => {
    const was = before.get(now.tenant.id);
    const parent = now.tenant.parentId === null ? undefined : after.get(now.tenant.parentId);
    return was === undefined ? [] : [{ before: was, after: now, parent }];
  });
}

function parentOf(state: State, { tenant }: TenantState): TenantState | undefined {
  return tenant.parentId === null ? undefined : state.get(tenant.parentId);
}

/** What only people may change was at stake. */
function byMachine({ step }: Observation): boolean {
  return step.author !== "person";
}

function byId<Row extends { readonly id: string }>(rows: readonly Row[]): ReadonlyMap<string, Row> {
  return new Map(rows.map((row) => [row.id, row]));
}

/** Accounts of a tenant as it shows them: at a child also those that its parent's connection manages. */
function shown(state: State, tenant: TenantState): readonly AccountRecord[] {
  const parent = parentOf(state, tenant);
  const inherited = parent?.accounts.filter(({ connectionId }) => connectionId === parent.connection.id) ?? [];
  return [...tenant.accounts, ...inherited];
}

function isLimited({ tenant }: TenantState): boolean {
  return KINDS.some((kind) => tenant.seatLimits[kind] !== null);
}

/** Where the seat of an account is kept that a tenant shows. */
function seatOf(state: State, tenant: TenantState, account: AccountRecord): TenantState["seats"][number] | undefined {
  const parent = parentOf(state, tenant);
  const through = account.tenantId !== tenant.tenant.id && !isLimited(tenant);
  return (through ? parent : tenant)?.seats.find(({ accountId }) => accountId === account.id);
}

function overlayOf({ overlays }: TenantState, accountId: string): OverlayRecord | undefined {
  return overlays.find((overlay) => overlay.accountId === accountId);
}

function hasOwner(state: State, tenant: TenantState): boolean {
  return shown(state, tenant).some((account) => {
    const overlay = overlayOf(tenant, account.id);
    const isOwner = account.kind === "user" && overlay?.role === OWNER_ROLE;
    return isOwner && account.active && !overlay.suspended && seatOf(state, tenant, account)?.state === "held";
  });
}

/** I1: the last active owner of a tenant is never taken away by a machine. */
const lastOwnerStays: Invariant = (observation) => {
  if (!byMachine(observation)) return;
  for (const { before, after } of pairs(observation)) {
    const lost = hasOwner(observation.before, before) && !hasOwner(observation.after, after);
    ensure(!lost, "I1: the last owner is gone from", after.tenant.id);
  }
};

/** I2: break-glass accounts are untouched by SCIM, and no resource stands for them. */
const breakGlassIsApart: Invariant = (observation) => {
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
const accountsStay: Invariant = (observation) => {
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
const localStateStays: Invariant = (observation) => {
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
const onlyActivePeopleSignIn: Invariant = async ({ after, world, broken }) => {
  if (broken) return;
  for (let state = after, settled = false; !settled; ) {
    const wrong = await wrongSignIns(state, world);
    const now = await world.read();
    // What follows in the background may have come between the question and the answer.
    settled = wrong.length === 0 || isDeepStrictEqual(now, state);
    if (settled) ensureSame(wrong, [], "I5: may sign in, or may not, although they should:");
    state = now;
  }
};

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
const onePersonOneAccount: Invariant = ({ after }) => {
  for (const tenant of after.values()) {
    ensureUnique(
      tenant.accounts.map(({ userName }) => userName.toLowerCase()),
      `I7: people of ${tenant.tenant.id} share a name.`,
    );
  }
};

/** I8: user names and external ids are unique among resources that are not deleted. */
const resourcesAreUnique: Invariant = ({ after }) => {
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
const linksAreOneToOne: Invariant = ({ after }) => {
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
const connectionsKeepApart: Invariant = (observation) => {
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
const linksAreProven: Invariant = (observation) => {
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
const silenceKeepsKinds: Invariant = (observation) => {
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

/** I14: provisioning never exceeds a limit; a limit that was lowered takes nobody's seat. */
const limitsHold: Invariant = (observation) => {
  for (const { before, after } of pairs(observation)) {
    for (const kind of KINDS) {
      // A seat may have been given in the background just before its limit was lowered.
      const limit = Math.max(limitOf(before, kind), limitOf(after, kind));
      const held = heldSeats(after, kind);
      if (held <= heldSeats(before, kind)) continue;
      ensure(held <= limit, `I14: ${held} of ${limit} ${kind} seats in`, after.tenant.id);
    }
  }
};

function limitOf({ tenant }: TenantState, kind: AccountKind): number {
  return tenant.seatLimits[kind] ?? Number.POSITIVE_INFINITY;
}

/** Without those of break-glass accounts, which no limit keeps out. */
function heldSeats({ seats, accounts }: TenantState, kind: AccountKind): number {
  const exempt = new Set(accounts.filter(({ breakGlass }) => breakGlass).map(({ id }) => id));
  return seats.filter((seat) => seat.kind === kind && seat.state === "held" && !exempt.has(seat.accountId)).length;
}

/** R60: an inactive person may keep the seat that they had, and no place in the queue. */
function mayKeep(state: State, tenant: TenantState, seat: TenantState["seats"][number] | undefined): boolean {
  const { settings } = (parentOf(state, tenant) ?? tenant).connection;
  return seat?.state === "held" && settings?.inactiveHoldsSeat === true;
}

/** I13, I15: seats are those of the accounts, one each, of their kind; and the counters say the same. */
const seatsAreCounted: Invariant = ({ after }) => {
  for (const tenant of after.values()) {
    const { seats, seatCount, accounts } = tenant;
    for (const kind of KINDS) {
      const count = (state: "held" | "waiting") => seats.filter((seat) => seat.kind === kind && seat.state === state);
      ensureSame(
        seatCount[kind],
        { held: count("held").length, waiting: count("waiting").length },
        `I15: the ${kind} seats of ${tenant.tenant.id} were counted otherwise.`,
      );
    }
    for (const account of accounts) {
      const { id, kind, active } = account;
      const seat = seats.find(({ accountId }) => accountId === id);
      ensureSame(
        seat?.kind,
        active || mayKeep(after, tenant, seat) ? kind : undefined,
        `I13: the seat of ${id} in ${tenant.tenant.id} is not its own.`,
      );
    }
  }
};

/** I16, I20: a machine removes no membership that a person or a default gave, and takes over no local group. */
const localGroupsStay: Invariant = (observation) => {
  if (!byMachine(observation)) return;
  for (const { before, after } of pairs(observation)) {
    ensureSame(after.localGroups, before.localGroups, "I20: a machine changed local groups.");
    const parent = parentOf(observation.after, after) ?? after;
    const groups = new Set([...after.localGroups, ...parent.groups].map(({ id }) => id));
    const lost = before.localMembers.filter((was) => {
      const stands = groups.has(was.groupId) || groups.has(was.groupId.replace(/\.(user|reader)$/, ""));
      return stands && !after.localMembers.some((now) => isDeepStrictEqual(now, was));
    });
    ensureSame(lost, [], "I16: a machine ended local memberships.");
  }
};

/** I17: a person's edit changes no membership that the directory gave; only deleting its group or person does. */
const pushedMembersStay: Invariant = (observation) => {
  if (observation.step.author !== "person" || observation.did.deletes !== undefined) return;
  for (const { before, after } of pairs(observation)) {
    const now = new Map(after.members.map((sides) => [sides.groupId, sides]));
    for (const was of before.members) {
      const sides = now.get(was.groupId);
      if (sides !== undefined) ensureSame(sides.named, was.named, "I17: a person changed what the directory said.");
    }
  }
};

/** I18: switching group sync off changes nobody's effective membership; switching it on makes both sides equal. */
const groupSyncSettles: Invariant = (observation) => {
  for (const { before, after } of pairs(observation)) {
    const [was, is] = [before.connection.settings?.groupSync, after.connection.settings?.groupSync];
    if (was === true && is === false) ensureSame(after.members, before.members, "I18: switching off changed members.");
    if (is !== true) continue;
    for (const { groupId, named, effective } of after.members) {
      ensureSame(effective, named, `I18: with group sync on, the sides of ${groupId} differ.`);
    }
  }
};

/** I18: while group sync is off nobody comes into effect, and only who leaves the directory goes out of it. */
const groupSyncOffDrivesNothing: Invariant = (observation) => {
  for (const { before, after } of pairs(observation)) {
    const isOff = [before, after].every(({ connection }) => connection.settings?.groupSync === false);
    if (!isOff || observation.did.archives !== undefined) continue;
    const stay = new Set(after.users.map(({ id }) => id));
    const was = new Map(before.members.map(({ groupId, effective }) => [groupId, effective]));
    for (const { groupId, effective } of after.members) {
      const expected = (was.get(groupId) ?? []).filter((id) => stay.has(id));
      ensureSame(effective, expected, `I18: with group sync off, the members of ${groupId} changed.`);
    }
  }
};

/** I21, I22: while SCIM is on, what the directory owns is refused to everybody, with one code. */
const lockedFieldsStay: Invariant = (observation) => {
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

/** I24, I27: a child has no identity provider, SCIM settings or tokens: it shows those of its parent. */
const childrenOwnNothing: Invariant = ({ after }) => {
  for (const { tenant, connection, credentials, users, groups } of after.values()) {
    if (tenant.parentId === null) ensure(connection.settings !== null, "I24: a root has no settings", tenant.id);
    else {
      const own = [connection.settings === null, credentials.length, users.length, groups.length];
      ensureSame(own, [true, 0, 0, 0], `I24: the child ${tenant.id} has something of its own.`);
    }
  }
};

/** I26: inheritance is one level deep, and names the same tenant by both of its ends. */
const inheritanceIsFlat: Invariant = ({ after }) => {
  for (const child of after.values()) {
    const { tenant, connection } = child;
    const parent = parentOf(after, child);
    ensure((tenant.parentId === null) === (parent === undefined), "I26: the parent is missing of", tenant.id);
    ensure((parent?.tenant.parentId ?? null) === null, "I26: a grandchild", tenant.id);
    ensureSame(connection.parentId, parent?.connection.id ?? null, "I26: tenant and connection differ in parents.");
  }
};

/** I25, I28: with nothing left to do, each child has the seats of its parent's people, and heard of all of them. */
const childrenConverge: Invariant = ({ after, did }) => {
  if (did.drained !== true) return;
  for (const child of after.values()) {
    const parent = parentOf(after, child);
    if (parent === undefined) continue;
    ensure(child.upToDate, "I28: the child is behind", child.tenant.id);
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
const parentsDoNotVanish: Invariant = ({ did, before, after, broken }) => {
  if (did.archives === undefined || broken || did.outcome.status >= 400) return;
  const children = [...before.values()].filter(({ tenant }) => tenant.parentId === ROOT);
  ensure(
    children.length === 0 || did.archives.children !== undefined,
    "I31: a parent was archived unasked",
    did.archives,
  );
  const kept = children.filter(({ tenant }) => after.get(tenant.id)?.tenant.parentId === ROOT).length;
  ensure(kept === (did.archives.children === "cascade" ? children.length : 0), "I31: children became something else.");
};

/** I32: one open failure for each tenant, subject and cause; whoever waits for a seat has one, and nobody else. */
const failuresAreListedOnce: Invariant = ({ after, did }) => {
  for (const tenant of after.values()) {
    const open = tenant.failures.filter(({ resolvedAt }) => resolvedAt === null);
    ensureUnique(
      open.map(({ subject, cause }) => `${subject.type} ${subject.key} ${cause}`),
      "I32: a failure is open twice.",
    );
    if (tenant.tenant.parentId !== null && did.drained !== true) continue;
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

/** I32: a refused write of the directory is listed under its cause; an accepted one leaves nothing that it disproves. */
const refusalsAreFiled: Invariant = ({ did, step, after, before, broken }) => {
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
const successCloses: Invariant = ({ did, step, after, broken }) => {
  const { status, body } = did.outcome;
  if (step.author !== "directory" || broken || status >= 300) return;
  const { userName } = (body ?? {}) as { readonly userName?: string };
  const open = after.get(ROOT)?.failures.filter(({ resolvedAt, subject, cause }) => {
    return resolvedAt === null && subject.key === userName?.toLowerCase() && DISPROVED.includes(cause);
  });
  ensureSame(open, [], "I32: a success left failures open.");
};

/** R57, I3: whoever is pushed again after a DELETE gets the retained profile back. */
const returningPeopleKeepTheirAccount: Invariant = ({ did, before, after }) => {
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

/** I33: no failure tells a secret, or anything of another tenant. */
const failuresTellNoSecrets: Invariant = ({ after, world }) => {
  for (const { failures, tenant } of after.values()) {
    const text = failures.map(({ message }) => message).join("\n");
    for (const token of world.tokens()) ensure(!text.includes(token), "I33: a failure tells a token", tenant.id);
    ensure(!text.includes(STRANGER), "I33: a failure tells of another tenant", text);
  }
};

/** Everything of a tenant that a refused or repeated request must leave as it is. */
function substance(tenant: TenantState, isRoot: boolean): object {
  const { users, groups, members, accounts, localGroups, connection } = tenant;
  const shared = { users, groups, members, accounts, localGroups, connection, tenant: tenant.tenant };
  // What follows in the background at a child may happen at any time.
  if (!isRoot) return shared;
  const { seats, overlays, localMembers, audit } = tenant;
  return { ...shared, seats, overlays, localMembers, audit };
}

function ensureUntouched(observation: Observation, complaint: string): void {
  for (const { before, after, parent } of pairs(observation)) {
    const isRoot = parent === undefined;
    ensureSame(substance(after, isRoot), substance(before, isRoot), complaint);
  }
}

/** I34: a request that is repeated changes nothing more, and is audited once. */
const repetitionsChangeNothing: Invariant = (observation) => {
  const { did, broken } = observation;
  if (did.repeats !== true || broken) return;
  ensureUntouched(observation, `I34: repeated (${did.outcome.status}), a request had another effect.`);
};

/** R98: what is only asked leaves no trace. */
const questionsLeaveNoTrace: Invariant = (observation) => {
  if (observation.did.asks === true) ensureUntouched(observation, "R98: an explanation had an effect.");
};

/** I35: what was refused has changed nothing; what broke off before its commit has not, either. */
const refusalsChangeNothing: Invariant = (observation) => {
  const { did, broken, step } = observation;
  if (did.outcome.status < 400 || broken || step.title.includes("retry")) return;
  ensureUntouched(observation, `I35: refused (${did.outcome.status} ${did.outcome.code}), a request had an effect.`);
};

/** I36: a token opens its own connection and no other, and that only while SCIM is on. */
const tokensOpenTheirOwn: Invariant = ({ did, step, before, broken }) => {
  if (step.author !== "directory" || broken || did.outcome.status === 0) return;
  const opens = before.get(ROOT)?.connection.settings?.scimEnabled === true && did.intrudes !== true;
  ensureSame(did.outcome.status === 401, !opens, "I36: whether the token was refused.");
};

/** I37: nobody's SCIM is on without consent. */
const consentIsOnRecord: Invariant = ({ after }) => {
  for (const { connection, tenant } of after.values()) {
    const { scimEnabled = false, consent = null } = connection.settings ?? {};
    ensure(!scimEnabled || consent !== null, "I37: no consent of", tenant.id);
  }
};

/** I39: each change of state has an audit entry, and without one there is none. */
const changesAreAudited: Invariant = (observation) => {
  for (const { before, after, parent } of pairs(observation)) {
    const state = ({ users, groups, members, accounts, localGroups, connection, tenant }: TenantState) => ({
      users,
      groups,
      members,
      accounts,
      localGroups,
      connection,
      tenant,
      ...(parent === undefined ? {} : {}),
    });
    const isSame = isDeepStrictEqual(state(after), state(before));
    const grew = after.audit.length > before.audit.length;
    ensure(isSame || grew, "I39: a change of state has no audit entry in", after.tenant.id);
    ensureSame(after.audit.slice(after.audit.length - before.audit.length), before.audit, "I39: audit was rewritten.");
  }
};

/** I40: defaults are given once for each account and kind. */
const defaultsAreGivenOnce: Invariant = (observation) => {
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

/** Nothing is answered with an error of ours unless the store broke off. */
const nothingFailsByItself: Invariant = ({ did, broken }) => {
  if (!broken) ensure(did.outcome.status < 500, "An error of ours:", did.outcome);
};

/** By number, in the order in which they are checked. */
export const INVARIANTS: Readonly<Record<string, Invariant>> = {
  "I0 nothing fails by itself": nothingFailsByItself,
  "I1 the last owner stays": lastOwnerStays,
  "I2 break-glass accounts are apart": breakGlassIsApart,
  "I3, I6 accounts stay": accountsStay,
  "I4, I19, I23 local state stays": localStateStays,
  "I5 only active people sign in": onlyActivePeopleSignIn,
  "I7 one person, one account": onePersonOneAccount,
  "I8 resources are unique": resourcesAreUnique,
  "I9 links are one to one": linksAreOneToOne,
  "I10 connections keep apart": connectionsKeepApart,
  "I11 links are proven": linksAreProven,
  "I12 silence keeps kinds": silenceKeepsKinds,
  "I13, I15 seats are counted": seatsAreCounted,
  "I14 limits hold": limitsHold,
  "I16, I20 local groups stay": localGroupsStay,
  "I17 pushed members stay": pushedMembersStay,
  "I18 group sync settles": groupSyncSettles,
  "I18 group sync off drives nothing": groupSyncOffDrivesNothing,
  "I21, I22 locked fields stay": lockedFieldsStay,
  "I24, I27 children own nothing": childrenOwnNothing,
  "I25, I28 children converge": childrenConverge,
  "I26 inheritance is flat": inheritanceIsFlat,
  "I31 parents do not vanish": parentsDoNotVanish,
  "I32 failures are listed once": failuresAreListedOnce,
  "I32 refusals are filed": refusalsAreFiled,
  "I32 success closes": successCloses,
  "I3 returning people keep their account": returningPeopleKeepTheirAccount,
  "I33 failures tell no secrets": failuresTellNoSecrets,
  "I34 repetitions change nothing": repetitionsChangeNothing,
  "R98 questions leave no trace": questionsLeaveNoTrace,
  "I35 refusals change nothing": refusalsChangeNothing,
  "I36 tokens open their own": tokensOpenTheirOwn,
  "I37 consent is on record": consentIsOnRecord,
  "I39 changes are audited": changesAreAudited,
  "I40 defaults are given once": defaultsAreGivenOnce,
};
