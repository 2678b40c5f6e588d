/**
 * What would become of one person, found out by doing it: the very use case of a push runs, and everything is taken
 * back. So an explanation is never another opinion than the engine's.
 *
 * @module
 */
import {
  type Attributes,
  isScimError,
  parseResource,
  replaceAttributes,
  USER_URN,
  viewResource,
} from "@muster/scim-core";
import { isInDirectory, matchAccount } from "../account/account-match.ts";
import { readAccount } from "../account/account-view.ts";
import { readProfile } from "../account/directory-profile.ts";
import { findAccountRecord } from "../account/visible-accounts.ts";
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import { createUser, updateUser } from "../directory/users.ts";
import { ProvisioningError } from "../errors.ts";
import type { AccountId, DirectoryUserRecord } from "../ports/index.ts";
import { decidePerson } from "../role-rule/decide-person.ts";
import type { RuleDecision } from "../role-rule/evaluate-rules.ts";
import { reviewAccount } from "../role-rule/review-account.ts";
import type { Push } from "../sync/push.ts";
import { failedWrite, SyncRefusal } from "../sync/sync-failure.ts";
import type { Trial } from "../unit-of-work.ts";
import { differences } from "./differences.ts";
import type { ExpectedFailure, MatchKey, PersonExplanation } from "./explain-views.ts";
import { failuresOf } from "./simulation.ts";
import { readSeats } from "./tenant-view.ts";
import type { Account } from "./views.ts";

/** Where a person is looked at: as the tenant sees them, by the rules of the root. */
export interface Vantage {
  readonly here: EffectiveConnection;
  /** The connection that is pushed to, with the rules that are tried. */
  readonly root: EffectiveConnection;
}

const NO_LINK: PersonExplanation["link"] = { by: null, account: null, considered: [] };
const NO_TRACE: RuleDecision["trace"] = { rules: [], directory: [] };

/** @throws {ProvisioningError} `not_found` */
export async function explainAccount(
  trial: Trial,
  { here, root }: Vantage,
  accountId: AccountId,
): Promise<PersonExplanation> {
  const { unit, told } = trial;
  const before = await readAccount(unit, here, accountId);
  const record = await findAccountRecord(unit.tx, here, accountId);
  if (before === null || record === null) throw noAccount(accountId, here);
  const user = await unit.tx.users.get(root.root.connectionId, record.directoryUserId ?? "");
  const explained = { before, failures: [], link: NO_LINK, unknownAttributes: [] };
  if (user === null) return conclude(trial, here, { ...explained, after: before, kindSource: "kept", trace: NO_TRACE });
  await reviewAccount(pushOf(trial, root, "patch"), record);
  const after = await readAccount(unit, here, accountId);
  const reasons = await reasonsOf(trial, root, user, before);
  return conclude(trial, here, { ...explained, after, failures: failuresOf(told), ...reasons });
}

function noAccount(id: string, { tenant }: EffectiveConnection): ProvisioningError {
  return new ProvisioningError("not_found", `There is no account "${id}" in the tenant "${tenant.id}".`);
}

/** @param resource a User as the directory would send it, in a POST or a PUT */
export async function explainResource(
  trial: Trial,
  { here, root }: Vantage,
  resource: Readonly<Record<string, unknown>>,
): Promise<PersonExplanation> {
  const { unit, told } = trial;
  const read = readResource(trial, resource);
  if ("cause" in read) return refused(trial, here, null, [read], NO_LINK);
  const { attributes, unknown: unknownAttributes } = read;
  const existing = await findExisting(trial, root, attributes);
  const link = existing?.link ?? (await linkOf(trial, root, attributes));
  const before = link.account === null ? null : await readAccount(unit, here, link.account);
  const pushed = await push(trial, root, attributes, existing?.user);
  if ("cause" in pushed) return refused(trial, here, before, [pushed], link);
  const after = await readAccount(unit, here, pushed.accountId);
  const reasons = await reasonsOf(trial, root, pushed, before);
  return conclude(trial, here, { before, after, failures: failuresOf(told), link, unknownAttributes, ...reasons });
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
  const match = await matchAccount(unit.tx, root, readProfile(attributes)).catch((error: unknown) => {
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

type Reasons = Pick<PersonExplanation, "kindSource" | "trace">;

async function reasonsOf(
  { unit }: Trial,
  root: EffectiveConnection,
  { id, attributes, createdAt, modifiedAt }: DirectoryUserRecord,
  before: Account | null,
): Promise<Reasons> {
  const resource = { id, attributes, created: createdAt, lastModified: modifiedAt };
  const { kind, trace } = await decidePerson(unit, root, resource, true);
  const said = unit.context.classify(viewResource(attributes));
  if (said !== undefined) return { kindSource: "directory", trace };
  if (kind !== undefined) return { kindSource: "rule", trace };
  return { kindSource: before === null ? "default" : "kept", trace };
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
