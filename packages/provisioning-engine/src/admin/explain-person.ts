/**
 * What would become of one person, found out by doing it: the very use case of a push runs, and everything is taken
 * back. So an explanation is never another opinion than the engine's.
 *
 * @module
 */
import { type Attributes, isScimError, parseResource, replaceAttributes, USER_URN } from "@muster/scim-core";
import { isInDirectory, matchAccount } from "../account/account-match.ts";
import { readAccount } from "../account/account-view.ts";
import { readProfile } from "../account/directory-profile.ts";
import { findAccountRecord } from "../account/visible-accounts.ts";
import { type EffectiveConnection, effectiveConnection } from "../connection/effective-connection.ts";
import { createUser, updateUser } from "../directory/users.ts";
import { ProvisioningError } from "../errors.ts";
import { takeOver } from "../impact/converge.ts";
import { expected, openedFailures } from "../impact/opened-failures.ts";
import { startPace } from "../impact/pace.ts";
import { NO_TRACE, reasonsOf, UNDECIDED } from "../impact/reasons.ts";
import type { AccountId, DirectoryUserRecord, TenantId, Transaction } from "../ports/index.ts";
import { reviewAccount } from "../role-rule/review-account.ts";
import type { Push } from "../sync/push.ts";
import { failedWrite, SyncRefusal } from "../sync/sync-failure.ts";
import { namedSubject } from "../sync/sync-subject.ts";
import type { Trial } from "../unit-of-work.ts";
import { differences } from "./differences.ts";
import type { ExpectedFailure, MatchKey, PersonExplanation } from "./explain-views.ts";
import { readSeats } from "./tenant-view.ts";
import type { Account } from "./views.ts";

/** Where a person is looked at: as the tenant sees them, and at the connection that is pushed to. */
interface Vantage {
  readonly here: EffectiveConnection;
  readonly root: EffectiveConnection;
}

async function vantageOf(tx: Transaction, tenantId: TenantId): Promise<Vantage> {
  const here = await effectiveConnection(tx, tenantId);
  return { here, root: here.inherited ? await effectiveConnection(tx, here.root.tenant.id) : here };
}

const NO_LINK: PersonExplanation["link"] = { by: null, account: null, considered: [] };

/**
 * @param change what is tried first
 * @throws {ProvisioningError} `not_found`, and what the change throws
 */
export async function explainAccount(
  trial: Trial,
  tenantId: TenantId,
  accountId: AccountId,
  change: () => Promise<void>,
): Promise<PersonExplanation> {
  const { unit } = trial;
  const at = await effectiveConnection(unit.tx, tenantId);
  const before = await readAccount(unit, at, accountId);
  if (before === null) throw noAccount(accountId, at);
  await change();
  const { here, root } = await vantageOf(unit.tx, tenantId);
  const record = await findAccountRecord(unit.tx, here, accountId);
  const user = await unit.tx.users.get(root.root.connectionId, record?.directoryUserId ?? "");
  if (record !== null && user !== null) await reviewAccount(pushOf(trial, root, "patch"), record);
  await takeOver(trial, here, MOST_FOLLOWED, startPace());
  const after = await readAccount(unit, here, accountId);
  const failures = await failuresOf(trial, before.userName);
  const reasons = user === null ? UNDECIDED : await reasonsOf(unit, root, user, { isNew: false, explains: true });
  return conclude(trial, here, { before, after, failures, link: NO_LINK, unknownAttributes: [], ...reasons });
}

/** A child takes over what its parent did before it, and what became of one person. */
const MOST_FOLLOWED = 1000;

/** What the list would say about a person. */
async function failuresOf({ unit, told }: Trial, userName: string): Promise<readonly ExpectedFailure[]> {
  const { key } = namedSubject("User", userName);
  const opened = await openedFailures(unit.tx, told);
  return opened.filter(({ subject }) => subject.key === key).map(expected);
}

function noAccount(id: string, { tenant }: EffectiveConnection): ProvisioningError {
  return new ProvisioningError("not_found", `There is no account "${id}" in the tenant "${tenant.id}".`);
}

/**
 * @param resource a User as the directory would send it, in a POST or a PUT
 * @param change what is tried first
 */
export async function explainResource(
  trial: Trial,
  tenantId: TenantId,
  resource: Readonly<Record<string, unknown>>,
  change: () => Promise<void>,
): Promise<PersonExplanation> {
  const { unit } = trial;
  await change();
  const { here, root } = await vantageOf(unit.tx, tenantId);
  const read = readResource(trial, resource);
  if ("cause" in read) return refused(trial, here, null, [read], NO_LINK);
  const { attributes, unknown: unknownAttributes } = read;
  const existing = await findExisting(trial, root, attributes);
  const link = existing?.link ?? (await linkOf(trial, root, attributes));
  const before = link.account === null ? null : await readAccount(unit, here, link.account);
  const pushed = await push(trial, root, attributes, existing?.user);
  if ("cause" in pushed) return refused(trial, here, before, [pushed], link);
  const after = await readAccount(unit, here, pushed.accountId);
  const reasons = await reasonsOf(unit, root, pushed, { isNew: before === null, explains: true });
  const failures = await failuresOf(trial, readProfile(attributes).userName);
  return conclude(trial, here, { before, after, failures, link, unknownAttributes, ...reasons });
}

interface Read {
  readonly attributes: Attributes;
  readonly unknown: readonly string[];
}

function readResource({ unit }: Trial, resource: Readonly<Record<string, unknown>>): Read | ExpectedFailure {
  try {
    return parseResource({ schemas: [USER_URN], ...resource }, unit.context.userType, "create");
  } catch (error) {
    if (!isScimError(error)) throw error;
    const name = resource.userName;
    return { cause: "validation", subject: typeof name === "string" ? name.slice(0, 256) : "", message: error.message };
  }
}

interface Existing {
  readonly user: DirectoryUserRecord;
  readonly link: PersonExplanation["link"];
}

/** A directory looks for the person before it creates one, by these two. */
async function findExisting(
  { unit }: Trial,
  { root: { connectionId } }: EffectiveConnection,
  attributes: Attributes,
): Promise<Existing | null> {
  const { externalId, userName } = readProfile(attributes);
  const keys = { externalId, userName };
  const considered: { by: MatchKey; matched: boolean }[] = [];
  for (const by of ["externalId", "userName"] as const) {
    const value = keys[by];
    const lookups = value === null ? undefined : [{ attribute: by, value }];
    const [user] = lookups === undefined ? [] : await unit.tx.users.find({ connectionId, lookups, limit: 1 });
    considered.push({ by, matched: user !== undefined });
    if (user !== undefined) return { user, link: { by, account: user.accountId, considered } };
  }
  return null;
}

async function linkOf(
  { unit }: Trial,
  root: EffectiveConnection,
  attributes: Attributes,
): Promise<PersonExplanation["link"]> {
  const match = await matchAccount(unit, root, readProfile(attributes)).catch((error: unknown) => {
    // The push is refused for the same reason, and says so.
    if (error instanceof SyncRefusal) return null;
    throw error;
  });
  const by = match?.by ?? null;
  const asked: readonly MatchKey[] =
    by === "retained" ? ["externalId", "userName", "retained"] : ["externalId", "userName", "retained", "email"];
  return { by, account: match?.account.id ?? null, considered: asked.map((key) => ({ by: key, matched: key === by })) };
}

function pushOf({ unit }: Trial, connection: EffectiveConnection, operation: Push["operation"]): Push {
  return { unit, connection, operation, txn: unit.context.newId(), about: () => {} };
}

async function push(
  trial: Trial,
  root: EffectiveConnection,
  attributes: Attributes,
  existing: DirectoryUserRecord | undefined,
): Promise<DirectoryUserRecord | ExpectedFailure> {
  const { userType } = trial.unit.context;
  try {
    if (existing === undefined) return (await createUser(pushOf(trial, root, "create"), attributes)).result;
    const replace = (current: Attributes) => replaceAttributes(current, attributes, userType);
    const write = pushOf(trial, root, "replace");
    const { result } = await updateUser(write, existing.id, undefined, replace);
    await reviewIfKnown(write, result);
    return result;
  } catch (error) {
    const { filed } = failedWrite(error, "");
    if (filed === null || filed.cause === "internal") throw error;
    return { ...filed, subject: readProfile(attributes).userName };
  }
}

/** A resource that is the same is no reason to look at somebody again; other rules are. */
async function reviewIfKnown(write: Push, { accountId }: DirectoryUserRecord): Promise<void> {
  const account = await write.unit.tx.accounts.get(write.connection.tenant.id, accountId);
  if (account !== null && (await isInDirectory(write.unit.tx, account))) await reviewAccount(write, account);
}

async function refused(
  trial: Trial,
  here: EffectiveConnection,
  before: Account | null,
  failures: readonly ExpectedFailure[],
  link: PersonExplanation["link"],
): Promise<PersonExplanation> {
  const kindSource = before === null ? "default" : "kept";
  const explained = {
    before,
    after: before,
    failures,
    link,
    unknownAttributes: [],
    kindSource,
    trace: NO_TRACE,
  } as const;
  return { ...(await conclude(trial, here, explained)), outcome: "refused" };
}

const SHOWN: readonly (keyof Account & string)[] = [
  "userName",
  "email",
  "name",
  "kind",
  "role",
  "roleSource",
  "contentRole",
  "contentRoleSource",
  "status",
  "groups",
  "managedBy",
];

async function conclude(
  { unit }: Trial,
  here: EffectiveConnection,
  explained: Omit<PersonExplanation, "outcome" | "seat">,
): Promise<PersonExplanation> {
  const { before, after } = explained;
  const isSame = before !== null && after !== null && differences(before, after, SHOWN).length === 0;
  const outcome = before === null ? "created" : isSame ? "unchanged" : "changed";
  if (after === null) return { ...explained, outcome, seat: null };
  const { used, limit } = (await readSeats(unit.tx, here))[after.kind];
  const state = ({ active: "held", pending: "waiting", inactive: "none" } as const)[after.status];
  return { ...explained, outcome, seat: { kind: after.kind, state, used, limit } };
}
