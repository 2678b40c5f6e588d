/**
 * From signed claims to an account that may be signed in: find it, or make it where the connection allows that; ask
 * whether it may; remember it; tell.
 *
 * @module
 */
import { type NameID, readPerson, type SignedClaims } from "@muster/saml-sp";
import { SignInRefusal } from "@muster/saml-sp/http";
import { readAccount } from "../account/account-view.ts";
import type { Account } from "../admin/views.ts";
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import type { EngineContext } from "../context.ts";
import { ProvisioningError } from "../errors.ts";
import { vetoAnswer } from "../hook/veto.ts";
import type { AccountRecord, TenantId, Transaction } from "../ports/index.ts";
import { openFailure } from "../sync/sync-failure.ts";
import { runUseCase, type UnitOfWork } from "../unit-of-work.ts";
import { findAccount, type Person } from "./account-lookup.ts";
import { acceptInvitation } from "./invitation.ts";
import { createAtSignIn, newcomerSubject } from "./just-in-time.ts";
import { assignLegacyGroups } from "./legacy-groups.ts";
import { nameIdKey } from "./name-id-key.ts";
import { signInObstacle } from "./session-policy.ts";
import { logSignIn } from "./sign-in-log.ts";

/** What the host gets to make a session of. */
export interface EstablishedSignIn {
  readonly tenant: TenantId;
  readonly account: Account;
  readonly nameId: NameID;
  /** Needed for single logout (SAML Core §3.7.1). */
  readonly sessionIndex: string | undefined;
  /** The host's session must end by then (SAML Core §2.7.2). */
  readonly sessionNotOnOrAfter: Date | undefined;
  /** Minutes after which an idle session must end; undefined while `idleSignOut` is off (R95). */
  readonly idleMinutes: number | undefined;
}

/** What became of the claims: the log entry of a refusal is committed, so it is a value and no exception. */
type Outcome = { readonly account: Account } | { readonly refusal: SignInRefusal } | TestedSignIn;

/** At a draft: nobody is signed in, and what would have been said to the person. */
export interface TestedSignIn {
  readonly tested: SignInRefusal | undefined;
}

/**
 * @param connection the connection whose callback was called
 * @param claims validated
 * @throws {SignInRefusal} `not_provisioned`, `account_inactive`, `account_pending`, `account_suspended`
 * @throws {SamlError} `attribute_missing`
 */
export async function signIn(
  context: EngineContext,
  connection: EffectiveConnection,
  claims: SignedClaims,
  requestId: string,
): Promise<EstablishedSignIn | TestedSignIn> {
  const person = personOf(connection, claims);
  const actor = { type: "connection", id: connection.id } as const;
  const useCase = { rootTenantId: connection.root.tenant.id, actor, requestId };
  const invitation = claims.request?.context;
  const outcome = await runUseCase(context, useCase, (unit) => decide(unit, connection, person, invitation)).catch(
    (error: unknown) => runUseCase(context, useCase, (unit) => vetoed(unit, connection, person, error)),
  );
  if ("tested" in outcome) return outcome;
  if ("refusal" in outcome) throw outcome.refusal;
  const { nameId, sessionIndex, sessionNotOnOrAfter } = claims;
  const { enabled, minutes } = connection.settings.idleSignOut;
  return {
    tenant: connection.tenant.id,
    account: outcome.account,
    nameId,
    sessionIndex,
    sessionNotOnOrAfter,
    idleMinutes: enabled ? minutes : undefined,
  };
}

const MOST_CHARACTERS = 512;

function personOf(connection: EffectiveConnection, claims: SignedClaims): Person {
  const { nameId, attributes, signedBy } = claims;
  return {
    ...readPerson(claims, connection.settings.idp?.attributeNames),
    nameIdKey: nameIdKey(connection.id, nameId),
    nameId: nameId.value,
    attributeNames: [...attributes.keys()].join(" ").slice(0, MOST_CHARACTERS),
    signedBy,
  };
}

async function decide(
  unit: UnitOfWork,
  connection: EffectiveConnection,
  person: Person,
  invitation: string | undefined,
): Promise<Outcome> {
  await verifyConnection(unit, connection);
  const known = await findAccount(unit.tx, connection, person);
  const found = known ?? (await newcomer(unit, connection, person, invitation));
  const account = found === null ? null : await readAccount(unit, connection, found.id);
  const refusal = await refusalOf(unit.tx, connection, account);
  const { id: tenantId } = connection.tenant;
  const isTest = connection.settings.state === "draft";
  const outcome = isTest ? "tested" : refusal === undefined ? "accepted" : "refused";
  await logSignIn({ unit, tenantId, person, account, outcome, refusal });
  if (isTest) return { tested: refusal };
  if (found === null || refusal !== undefined) return { refusal: refusal ?? REFUSALS.not_provisioned() };
  return { account: await enter(unit, connection, found, person) };
}

async function refusalOf(
  tx: Transaction,
  connection: EffectiveConnection,
  account: Account | null,
): Promise<SignInRefusal | undefined> {
  const obstacle = account === null ? "not_provisioned" : await signInObstacle(tx, connection, account);
  return obstacle === undefined ? undefined : REFUSALS[obstacle]();
}

/** What a sign-in leaves behind. */
async function enter(
  unit: UnitOfWork,
  connection: EffectiveConnection,
  found: AccountRecord,
  person: Person,
): Promise<Account> {
  await remember(unit, await assignLegacyGroups(unit, connection, found), person);
  await unit.emit({ tenantId: connection.tenant.id, type: "account.signed_in", accountId: found.id });
  const account = await readAccount(unit, connection, found.id);
  if (account !== null) return account;
  throw new ProvisioningError("internal", `Account ${found.id} is missing.`);
}

/** Somebody who is known by another account, or not at all. A test makes nobody (R97). */
async function newcomer(
  unit: UnitOfWork,
  connection: EffectiveConnection,
  person: Person,
  invitation: string | undefined,
): Promise<AccountRecord | null> {
  if (connection.settings.state === "draft") return null;
  const invited = await acceptInvitation(unit, connection, person, invitation);
  return invited ?? createAtSignIn(unit, connection, person);
}

/** R4: the first response that holds proves that both sides are configured, whoever it is about. */
async function verifyConnection(unit: UnitOfWork, { id, verifiedAt }: EffectiveConnection): Promise<void> {
  if (verifiedAt !== null) return;
  const { tx, now } = unit;
  const record = await tx.connections.get(id);
  if (record?.verifiedAt !== null) return;
  await tx.connections.update({ ...record, verifiedAt: now, version: record.version + 1 });
  const subject = { type: "connection", id };
  await unit.audit({ tenantId: record.tenantId, action: "connection.verified", subject, after: { verifiedAt: now } });
}

/** A before-hook forbade to make the account: of the attempt only this entry is left. */
async function vetoed(
  unit: UnitOfWork,
  connection: EffectiveConnection,
  person: Person,
  error: unknown,
): Promise<Outcome> {
  const answer = vetoAnswer(error);
  if (answer === undefined) throw error;
  const { message } = REFUSALS.not_provisioned();
  const refusal = new SignInRefusal("not_provisioned", message, { cause: error });
  const { id: tenantId } = connection.tenant;
  await logSignIn({ unit, tenantId, person, account: null, outcome: "refused", refusal });
  const failure = { tenantId, subject: newcomerSubject(person), operation: "create", cause: "validation" } as const;
  await openFailure(unit, { ...failure, message: answer.message, retry: null });
  return { refusal };
}

/** The first key of the next match. */
async function remember(unit: UnitOfWork, account: AccountRecord, { nameIdKey }: Person): Promise<void> {
  const { id, tenantId, samlNameId, version } = account;
  if (samlNameId === nameIdKey) return;
  await unit.tx.accounts.update({ ...account, samlNameId: nameIdKey, updatedAt: unit.now, version: version + 1 });
  await unit.audit({
    tenantId,
    action: "account.name_id_remembered",
    subject: { type: "account", id },
    before: { samlNameId },
    after: { samlNameId: nameIdKey },
  });
}

const REFUSALS = {
  not_provisioned: () =>
    new SignInRefusal("not_provisioned", "You have no account here yet. Ask your administrator to assign you."),
  inactive: () => new SignInRefusal("account_inactive", "Your account is inactive. Ask your administrator."),
  pending: () =>
    new SignInRefusal(
      "account_pending",
      "Your account waits for a free seat, or to be let in. Ask your administrator.",
    ),
  suspended: () => new SignInRefusal("account_suspended", "Your account is suspended. Ask your administrator."),
};
