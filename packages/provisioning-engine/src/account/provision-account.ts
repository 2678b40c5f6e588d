/**
 * A pushed person becomes an account: somebody new, somebody who comes back, or somebody who was made by hand before.
 * From then on the account follows the directory. What is local to a tenant is never written here.
 *
 * @module
 */
import { viewResource } from "@muster/scim-core";
import type { Change } from "../events.ts";
import type { AccountKind, AccountRecord, DirectoryUserId } from "../ports/index.ts";
import type { RuleDecision } from "../role-rule/evaluate-rules.ts";
import type { Push } from "../sync/push.ts";
import { decideKind } from "./account-kind.ts";
import { type AccountMatch, matchAccount } from "./account-match.ts";
import { changeAccount, createAccount, type ProvisionedAccount } from "./change-account.ts";
import type { DirectoryProfile } from "./directory-profile.ts";
import { forgetLinkApproval } from "./link-approval.ts";
import { planAccount } from "./plan-account.ts";

/** A person as the directory describes them in this write. */
export interface DirectoryPerson {
  readonly userId: DirectoryUserId;
  readonly profile: DirectoryProfile;
  /** The kind, as far as the directory says it. */
  readonly said: AccountKind | undefined;
  /** What the rules make of them. */
  readonly decision: RuleDecision;
}

/**
 * Finds or makes the account of a new resource.
 *
 * @throws {SyncRefusal} `duplicate`, `seat_limit`, `last_owner`
 */
export async function provisionAccount(push: Push, person: DirectoryPerson): Promise<ProvisionedAccount> {
  const match = await matchAccount(push.unit, push.connection, person.profile);
  return match === null ? provisionNew(push, person) : adopt(push, match, person);
}

function provisionNew(push: Push, { userId, profile, said, decision }: DirectoryPerson): Promise<ProvisionedAccount> {
  const { unit, connection } = push;
  const { settings, root } = connection;
  const kind = decideKind({ current: undefined, said, saidBefore: undefined, ruled: decision.kind }, settings);
  const blank: AccountRecord = {
    tenantId: root.tenant.id,
    id: unit.context.newId(),
    kind,
    userName: profile.userName,
    email: profile.email,
    name: profile.name,
    active: profile.active,
    archived: false,
    provisionedRole: null,
    decidedRole: null,
    decidedContentRole: null,
    defaultsApplied: [],
    breakGlass: false,
    connectionId: root.connectionId,
    directoryUserId: userId,
    samlNameId: null,
    createdAt: unit.now,
    updatedAt: unit.now,
    version: 1,
  };
  return createAccount(push, planAccount(blank, { kind, profile, userId, decision }, connection), decision.groups);
}

/** The account keeps its id, role, memberships and content access (R56, R57, I3). */
async function adopt(push: Push, match: AccountMatch, person: DirectoryPerson): Promise<ProvisionedAccount> {
  const { account, by } = match;
  const said =
    match.retained === null ? undefined : push.unit.context.classify(viewResource(match.retained.attributes));
  const { userId, decision } = person;
  const facts = { current: account.kind, said: person.said, saidBefore: said, ruled: decision.kind };
  const kind = decideKind(facts, push.connection.settings);
  if (by === "email") await forgetLinkApproval(push.unit, push.connection.id, account.id);
  // The first link proves an address and changes none (J05).
  const profile = by === "email" ? { ...person.profile, email: account.email } : person.profile;
  const after = planAccount(account, { kind, profile, userId, decision }, push.connection);
  const returned = by === "retained";
  return changeAccount(push, { before: account, after, attributes: [], returned, groups: decision.groups });
}

/** A change of a resource that an account follows. */
export interface Followed {
  readonly person: DirectoryPerson;
  readonly saidBefore: AccountKind | undefined;
  /** Changes that only the directory's resource shows. */
  readonly attributes: readonly Change[];
}

/**
 * Brings an account in line with its resource.
 *
 * @throws {SyncRefusal} `duplicate`, `seat_limit`, `last_owner`, `conflict`
 */
export function followDirectory(
  push: Push,
  account: AccountRecord,
  { person, saidBefore, attributes }: Followed,
): Promise<ProvisionedAccount> {
  const { said, profile, userId, decision } = person;
  const facts = { current: account.kind, said, saidBefore, ruled: decision.kind };
  const kind = decideKind(facts, push.connection.settings);
  const isSilent = said === undefined && saidBefore !== undefined && decision.kind === undefined;
  if (isSilent && kind === account.kind) warnOfSilence(push, account);
  const after = planAccount(account, { kind, profile, userId, decision }, push.connection);
  return changeAccount(push, { before: account, after, attributes, returned: false, groups: decision.groups });
}

/** Most often an attribute mapping that yields null for some people: harmless here, and worth a look there. */
function warnOfSilence({ unit }: Push, { tenantId, id, kind }: AccountRecord): void {
  const facts = { tenant: tenantId, account: id, kind, request: unit.requestId };
  unit.context.logger.warn(facts, "The directory no longer says which kind the account is. It stays as it is.");
}
