/**
 * Writes of Users: the resource as the directory said it, and the account that follows it, in one transaction.
 *
 * @module
 */
import { type Attributes, equalAttributes, type Precondition, viewResource } from "@muster/scim-core";
import { attributeChanges, resourceChanges } from "../account/account-changes.ts";
import type { ProvisionedAccount } from "../account/change-account.ts";
import { deprovisionAccount, endMemberships } from "../account/deprovision-account.ts";
import { type DirectoryProfile, readProfile } from "../account/directory-profile.ts";
import { type DirectoryPerson, followDirectory, provisionAccount } from "../account/provision-account.ts";
import { userNameTaken } from "../account/save-account.ts";
import { reportWaiting } from "../account/seats.ts";
import { auditSides, differences } from "../admin/differences.ts";
import type { AccountRecord, DirectoryUserId, DirectoryUserRecord, SyncCause, WriteResult } from "../ports/index.ts";
import { decidePerson } from "../role-rule/decide-person.ts";
import { DISPROVED, type Push, type Pushed } from "../sync/push.ts";
import { quote } from "../sync/quote.ts";
import { closeFailures, lostRace, refusal } from "../sync/sync-failure.ts";
import { newSubject, userSubject } from "../sync/sync-subject.ts";
import { ensureKeyLengths } from "./key-length.ts";
import { notFound } from "./not-found.ts";
import { ensurePrecondition } from "./precondition.ts";

/** @throws {SyncRefusal} `duplicate`, `seat_limit`, `last_owner` */
export async function createUser(push: Push, attributes: Attributes): Promise<Pushed<DirectoryUserRecord>> {
  push.about(newSubject("User", attributes));
  const { unit, connection } = push;
  const person = await describePerson(push, unit.context.newId(), attributes);
  const { account, seat } = await provisionAccount(push, person);
  const user: DirectoryUserRecord = {
    connectionId: connection.root.connectionId,
    id: person.userId,
    accountId: account.id,
    ...columnsOf(person.profile),
    attributes,
    createdAt: unit.now,
    modifiedAt: unit.now,
    deletedAt: null,
    version: 1,
  };
  ensureWritten(await unit.tx.users.insert(user), user);
  push.about(userSubject(user));
  return { result: user, changed: true, closes: [...DISPROVED, "duplicate", ...seatCauses(seat)] };
}

/**
 * @param change the attributes after the write; `current` itself when nothing changes
 * @throws {ScimError} `notFound`, `preconditionFailed`, and what `change` throws
 * @throws {SyncRefusal} `duplicate`, `seat_limit`, `last_owner`, `conflict`
 */
export async function updateUser(
  push: Push,
  id: DirectoryUserId,
  precondition: Precondition | undefined,
  change: (current: Attributes) => Attributes,
): Promise<Pushed<DirectoryUserRecord>> {
  const user = await loadUser(push, id, precondition);
  const attributes = keepActive(push, change(user.attributes), user.attributes);
  const isSame = equalAttributes(attributes, user.attributes) && (await isFollowed(push, user));
  if (isSame) return { result: user, changed: false, closes: DISPROVED };

  const person = await describePerson(push, id, attributes, user);
  const { account, seat, told } = await settleAccount(push, user, person, attributes);
  const { unit } = push;
  const columns = columnsOf(person.profile);
  const saved = {
    ...user,
    ...columns,
    accountId: account.id,
    attributes,
    modifiedAt: unit.now,
    version: user.version + 1,
  };
  ensureWritten(await unit.tx.users.update(saved), saved);
  if (!told) await auditUnseen(push, user, attributes);
  const closes = [...DISPROVED, ...seatCauses(await seatNow(push, account.id, seat))];
  return { result: saved, changed: true, closes: [...closes, ...(await renameSubject(push, user, saved))] };
}

type Shown = Pick<AccountRecord, "active" | "userName" | "name" | "kind">;

/** The address is left out: a link by it proves one and changes none (J05). */
const SHOWN: readonly (keyof Shown)[] = ["active", "userName", "name", "kind"];

/**
 * Whether the account shows what the directory has said. While SCIM was off an admin may have edited it: then the next
 * write brings it back in line, also one that says nothing new (R48).
 */
async function isFollowed(
  { unit, connection }: Push,
  { accountId, attributes, active: wasActive }: DirectoryUserRecord,
): Promise<boolean> {
  const account = await unit.tx.accounts.get(connection.tenant.id, accountId);
  if (account === null) return false;
  const { active, userName, name } = readProfile(attributes, wasActive);
  const kind = unit.context.classify(viewResource(attributes)) ?? account.kind;
  return differences<Shown>(account, { active, userName, name, kind }, SHOWN).length === 0;
}

/**
 * Silence about `active` neither lets somebody in nor shuts them out: the status changes when the directory says so (R53,
 * R56). A PUT without it leaves it as it was, which RFC 7644 §3.5.1 leaves to the service provider; a PATCH may remove
 * what was said, and not what came of it.
 */
function keepActive({ operation }: Push, next: Attributes, { active }: Attributes): Attributes {
  return operation !== "replace" || active === undefined || next.active !== undefined ? next : { ...next, active };
}

/** The account shows nothing of the change, for example of a second address; the audit log has it all the same (I39). */
async function auditUnseen(
  { unit, connection }: Push,
  { id, attributes: before }: DirectoryUserRecord,
  attributes: Attributes,
): Promise<void> {
  await unit.audit({
    tenantId: connection.tenant.id,
    action: "directory_user.updated",
    subject: { type: "directory_user", id },
    ...auditSides(resourceChanges(before, attributes)),
  });
}

/** @throws {ScimError} `notFound`, `preconditionFailed` */
export async function deleteUser(
  push: Push,
  id: DirectoryUserId,
  precondition: Precondition | undefined,
): Promise<Pushed<undefined>> {
  const user = await loadUser(push, id, precondition);
  const { unit, connection } = push;
  const account = await unit.tx.accounts.get(connection.tenant.id, user.accountId);
  if (account !== null) await deprovisionAccount(push, account);
  await endMemberships(push, id, account);
  const deleted = { ...user, active: false, deletedAt: unit.now, modifiedAt: unit.now, version: user.version + 1 };
  ensureWritten(await unit.tx.users.update(deleted), deleted);
  await unit.audit({
    tenantId: connection.tenant.id,
    action: "directory_user.deleted",
    subject: { type: "directory_user", id },
    before: { userName: user.userName, account: user.accountId },
  });
  return { result: undefined, changed: true };
}

async function loadUser(
  push: Push,
  id: DirectoryUserId,
  precondition: Precondition | undefined,
): Promise<DirectoryUserRecord> {
  const user = await push.unit.tx.users.get(push.connection.root.connectionId, id);
  if (user === null) throw notFound("User", id);
  push.about(userSubject(user));
  ensurePrecondition(precondition, user.version);
  return user;
}

async function describePerson(
  { unit, connection }: Push,
  userId: DirectoryUserId,
  attributes: Attributes,
  before?: DirectoryUserRecord,
): Promise<DirectoryPerson> {
  const profile = readProfile(attributes, before?.active);
  const { userName, externalId, emails } = profile;
  ensureKeyLengths({ userName: [userName], externalId: [externalId], emails });
  const said = unit.context.classify(viewResource(attributes));
  const resource = { id: userId, attributes, created: before?.createdAt ?? unit.now, lastModified: unit.now };
  return { userId, profile, said, decision: await decidePerson(unit, connection, resource) };
}

/** An account that was deleted here while SCIM was off is made again: the directory still has the person. */
async function settleAccount(
  push: Push,
  user: DirectoryUserRecord,
  person: DirectoryPerson,
  attributes: Attributes,
): Promise<ProvisionedAccount> {
  const { unit, connection } = push;
  const account = await unit.tx.accounts.get(connection.tenant.id, user.accountId);
  if (account === null) return provisionAccount(push, person);
  const saidBefore = unit.context.classify(viewResource(user.attributes));
  return followDirectory(push, account, {
    person,
    saidBefore,
    attributes: attributeChanges(user.attributes, attributes),
  });
}

type Seat = ProvisionedAccount["seat"];

/** Somebody who kept what they had may have been waiting all along. */
async function seatNow({ unit, connection }: Push, accountId: string, seat: Seat): Promise<Seat> {
  if (seat !== "kept") return seat;
  const kept = await unit.tx.seats.get(connection.tenant.id, accountId);
  return kept?.state ?? "none";
}

/** Whoever waits keeps the failure that says so. */
function seatCauses(seat: Seat): readonly SyncCause[] {
  return seat === "waiting" ? [] : ["seat_limit"];
}

/**
 * Failures are filed by name: under a new name those of the old one are closed, and who waits is listed again.
 *
 * @returns what the success closes beside the rest
 */
async function renameSubject(
  push: Push,
  before: DirectoryUserRecord,
  after: DirectoryUserRecord,
): Promise<readonly SyncCause[]> {
  const { unit, connection } = push;
  const isRenamed = userSubject(before).key !== userSubject(after).key;
  const isSame = before.userName === after.userName && before.externalId === after.externalId;
  if (!isRenamed) return isSame ? [] : ["duplicate"];
  await closeFailures(unit, connection.tenant.id, userSubject(before));
  push.about(userSubject(after));
  const seat = await unit.tx.seats.get(connection.tenant.id, after.accountId);
  const account = seat?.state === "waiting" ? await unit.tx.accounts.get(connection.tenant.id, after.accountId) : null;
  if (account !== null && push.operation !== "delete") await reportWaiting(unit, connection, account, push.operation);
  return ["duplicate"];
}

type Columns = Pick<DirectoryUserRecord, "userName" | "externalId" | "emails" | "active">;

function columnsOf({ userName, externalId, emails, active }: DirectoryProfile): Columns {
  return { userName, externalId, emails, active };
}

function ensureWritten(result: WriteResult, { userName, externalId }: DirectoryUserRecord): void {
  if (result.ok) return;
  if (result.conflict === "version") throw lostRace("user");
  const isExternalId = result.conflict === "externalId";
  throw refusal("duplicate", "uniqueness", isExternalId ? externalIdTaken(externalId) : userNameTaken(userName));
}

function externalIdTaken(externalId: string | null): string {
  return `The externalId ${quote(externalId ?? "")} belongs to another user already. Match that user, or remove one of the two.`;
}
