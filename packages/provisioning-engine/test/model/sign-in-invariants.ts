/**
 * What holds of sign-ins: who is recognized, who may enter, and how little that changes.
 *
 * @module
 */
import type { AccountRecord } from "../../src/ports/index.ts";
import type { Visitor } from "./browser.ts";
import { byId, ensure, ensureSame, type Invariant, overlayOf, pairs, parentOf, seatOf, shown } from "./observation.ts";
import type { State, TenantState } from "./state.ts";
import { tenantState } from "./step.ts";

/** How a sign-in ends: with the account that is in now, or with the code that the person is refused with. */
interface Ending {
  readonly account?: string | undefined;
  readonly code: string | null;
}

/** R54, R99, R100, I5, I11: everybody enters the account that is theirs, if it may be entered. */
export const visitorsEnterTheirAccount: Invariant = ({ did, before, after, broken }) => {
  const { visitor, tenantId, outcome } = did;
  if (visitor === undefined || broken) return;
  const { account } = (outcome.body ?? {}) as { readonly account?: string };
  const actual = { account, code: outcome.code };
  if (!isOpen(before, tenantState(before, tenantId))) {
    ensureSame(actual, { account: undefined, code: "identity_provider_not_configured" }, "R99: an archive is open.");
    return;
  }
  const known = recognized(before, tenantId, visitor);
  // A seat may have been given in the background meanwhile.
  const endings = [before, after].map((state) =>
    known === undefined ? endingOfNewcomer(before, state, tenantId, visitor) : endingOf(state, tenantId, known.id),
  );
  const isExpected = endings.some((ending) => ending.code === actual.code && ending.account === actual.account);
  ensure(isExpected, "R99: signed in otherwise than expected.", { expected: endings, actual });
};

/** Domain rules, "Match on SAML login", without those whom no identity provider may touch (I2). */
function recognized(state: State, tenantId: string, { nameId, email }: Visitor): AccountRecord | undefined {
  const tenant = tenantState(state, tenantId);
  const parent = parentOf(state, tenant);
  const users = (parent ?? tenant).users;
  const people = shown(state, tenant).filter(({ breakGlass }) => !breakGlass);
  const externalIds = users.filter(({ externalId }) => externalId === nameId).map(({ accountId }) => accountId);
  return (
    people.find(({ samlNameId }) => isKeyOf(samlNameId, tenant.connection.id, nameId)) ??
    people.find(({ id }) => externalIds.includes(id)) ??
    people.find(({ userName }) => userName.toLowerCase() === nameId.toLowerCase()) ??
    personWith(email, people, tenant, (parent ?? tenant).connection)
  );
}

function isKeyOf(samlNameId: string | null, connectionId: string, nameId: string): boolean {
  const [connection, , value] = samlNameId === null ? [] : JSON.parse(samlNameId);
  return connection === connectionId && value === nameId;
}

/** I11: a hand-made account is found by a proven domain only. Of people with one address none is meant for certain. */
function personWith(
  email: string,
  people: readonly AccountRecord[],
  tenant: TenantState,
  { settings }: TenantState["connection"],
): AccountRecord | undefined {
  const isProven = settings?.linkPolicy === "verifiedDomain" && settings.verifiedDomains.includes(domainOf(email));
  const found = people.filter(
    (account) => account.email?.toLowerCase() === email.toLowerCase() && (isProven || account.connectionId !== null),
  );
  // R99: at a child the people of its parent come before those who were made there by hand.
  const inherited = found.filter(({ tenantId }) => tenantId !== tenant.tenant.id);
  const meant = inherited.length > 0 ? inherited : found;
  return meant.length === 1 ? meant[0] : undefined;
}

function domainOf(email: string): string {
  return email.split("@")[1] ?? "";
}

function endingOf(state: State, tenantId: string, accountId: string): Ending {
  const tenant = tenantState(state, tenantId);
  const account = shown(state, tenant).find(({ id }) => id === accountId);
  if (account === undefined) return { code: "not_provisioned" };
  if (!account.active) return { code: "account_inactive" };
  if (seatOf(state, tenant, account)?.state !== "held") return { code: "account_pending" };
  const managed = account.tenantId === tenantId ? undefined : parentOf(state, tenant);
  const suspended = [tenant, managed].some((where) => where && overlayOf(where, account.id)?.suspended);
  return suspended ? { code: "account_suspended" } : { code: null, account: account.id };
}

/** Nobody signs in through a connection that is archived. */
function isOpen(state: State, tenant: TenantState): boolean {
  return (parentOf(state, tenant) ?? tenant).connection.settings?.archive === null;
}

/** Whom nobody knows becomes what the connection says, unless the name is somebody's whom they may not enter. */
function endingOfNewcomer(before: State, state: State, tenantId: string, { nameId }: Visitor): Ending {
  const was = tenantState(before, tenantId);
  const root = parentOf(before, was) ?? was;
  const isTaken = was.accounts.some(({ userName }) => userName.toLowerCase() === nameId.toLowerCase());
  if (root.connection.settings?.jit === "deny" || isTaken) return { code: "not_provisioned" };
  const made = tenantState(state, tenantId).accounts.find(({ userName }) => userName === nameId);
  return made === undefined ? { code: "nobody was made" } : endingOf(state, tenantId, made.id);
}

/** R100: whom a sign-in makes is a reader whom nobody manages, and there is one at most. */
export const newcomersAreReaders: Invariant = ({ did, before, after }) => {
  if (did.visitor === undefined) return;
  const was = tenantState(before, did.tenantId);
  const { jit } = (parentOf(before, was) ?? was).connection.settings ?? {};
  const known = byId(was.accounts);
  const { accounts, seats } = tenantState(after, did.tenantId);
  const made = accounts.filter(({ id }) => !known.has(id));
  ensure(made.length <= (jit === "deny" ? 0 : 1), "R100: a sign-in made accounts:", made);
  for (const { id, kind, connectionId, active } of made) {
    const isLetIn = seats.some(({ accountId }) => accountId === id);
    ensureSame(
      [kind, connectionId, active, isLetIn],
      ["reader", null, true, jit === "reader"],
      "R100: made otherwise.",
    );
  }
};

/** I42: a sign-in changes nobody's kind, role or status; of a person only by which name they came. */
export const signInsChangeNobody: Invariant = (observation) => {
  if (observation.did.visitor === undefined) return;
  for (const { before, after, parent } of pairs(observation)) {
    const known = byId(before.accounts);
    const stayed = after.accounts.filter(({ id }) => known.has(id));
    ensureSame(stayed.map(apartFromName), before.accounts.map(apartFromName), "I42: a sign-in changed an account.");
    ensureSame(after.users, before.users, "I42: a sign-in changed what the directory said.");
    if (parent !== undefined) continue;
    const seats = after.seats.filter(({ accountId }) => known.has(accountId));
    ensureSame(seats, before.seats, "I42: a sign-in moved seats.");
  }
};

function apartFromName({ samlNameId: _, defaultsApplied: __, version: ___, updatedAt: ____, ...rest }: AccountRecord) {
  return rest;
}
