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
import { vetoAnswer } from "../hook/veto.ts";
import type { AccountRecord, TenantId } from "../ports/index.ts";
import { openFailure } from "../sync/sync-failure.ts";
import { runUseCase, type UnitOfWork } from "../unit-of-work.ts";
import { findAccount, type Person } from "./account-lookup.ts";
import { createAtSignIn, newcomerSubject } from "./just-in-time.ts";
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
}

/** What became of the claims: the log entry of a refusal is committed, so it is a value and no exception. */
type Outcome = { readonly account: Account } | { readonly refusal: SignInRefusal } | "tested";

/**
 * @param connection the connection whose callback was called
 * @param claims validated
 * @returns `tested` at a draft, when it would have been accepted: nobody is signed in
 * @throws {SignInRefusal} `not_provisioned`, `account_inactive`, `account_pending`, `account_suspended`
 * @throws {SamlError} `attribute_missing`
 */
export async function signIn(
  context: EngineContext,
  connection: EffectiveConnection,
  claims: SignedClaims,
  requestId: string,
): Promise<EstablishedSignIn | "tested"> {
  const person = personOf(connection, claims);
  const actor = { type: "connection", id: connection.id } as const;
  const useCase = { rootTenantId: connection.root.tenant.id, actor, requestId };
  const outcome = await runUseCase(context, useCase, (unit) => decide(unit, connection, person)).catch(
    (error: unknown) => runUseCase(context, useCase, (unit) => vetoed(unit, connection, person, error)),
  );
  if (outcome === "tested") return outcome;
  if ("refusal" in outcome) throw outcome.refusal;
  const { nameId, sessionIndex, sessionNotOnOrAfter } = claims;
  return { tenant: connection.tenant.id, account: outcome.account, nameId, sessionIndex, sessionNotOnOrAfter };
}

const MOST_CHARACTERS = 512;

function personOf(connection: EffectiveConnection, claims: SignedClaims): Person {
  const { nameId, attributes } = claims;
  return {
    ...readPerson(claims, connection.settings.idp?.attributeNames),
    nameIdKey: nameIdKey(connection, nameId),
    nameId: nameId.value,
    attributeNames: [...attributes.keys()].join(" ").slice(0, MOST_CHARACTERS),
  };
}

async function decide(unit: UnitOfWork, connection: EffectiveConnection, person: Person): Promise<Outcome> {
  const isTest = connection.settings.state === "draft";
  const found = (await findAccount(unit.tx, connection, person)) ?? (await newcomer(unit, connection, person));
  const account = found === null ? null : await readAccount(unit.tx, connection, found.id);
  const obstacle = account === null ? "not_provisioned" : await signInObstacle(unit.tx, connection, account);
  const refusal = obstacle === undefined ? undefined : REFUSALS[obstacle]();
  const { id: tenantId } = connection.tenant;
  const outcome = isTest ? "tested" : refusal === undefined ? "accepted" : "refused";
  await logSignIn({ unit, tenantId, person, account, outcome, refusal });
  if (found === null || account === null || refusal !== undefined) {
    return { refusal: refusal ?? REFUSALS.not_provisioned() };
  }
  await verifyConnection(unit, connection);
  if (isTest) return "tested";
  await remember(unit, found, person);
  await unit.emit({ tenantId, type: "account.signed_in", accountId: account.id });
  return { account };
}

/** A test makes nobody (R97). */
async function newcomer(
  unit: UnitOfWork,
  connection: EffectiveConnection,
  person: Person,
): Promise<AccountRecord | null> {
  return connection.settings.state === "draft" ? null : createAtSignIn(unit, connection, person);
}

/** R4: the first sign-in proves that both sides are configured. */
async function verifyConnection({ tx, now }: UnitOfWork, { id, verifiedAt }: EffectiveConnection): Promise<void> {
  if (verifiedAt !== null) return;
  const record = await tx.connections.get(id);
  if (record?.verifiedAt !== null) return;
  await tx.connections.update({ ...record, verifiedAt: now, version: record.version + 1 });
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
async function remember({ tx, now }: UnitOfWork, account: AccountRecord, { nameIdKey }: Person): Promise<void> {
  if (account.samlNameId === nameIdKey) return;
  await tx.accounts.update({ ...account, samlNameId: nameIdKey, updatedAt: now, version: account.version + 1 });
}

/** NameIDs of one value but another format or audience are other people (rule R17; SAML Core §8.3.7). */
function nameIdKey({ id }: EffectiveConnection, { value, format }: NameID): string {
  return JSON.stringify([id, format ?? "", value]);
}

const REFUSALS = {
  not_provisioned: () =>
    new SignInRefusal("not_provisioned", "You have no account here yet. Ask your administrator to assign you."),
  inactive: () => new SignInRefusal("account_inactive", "Your account is inactive. Ask your administrator."),
  pending: () =>
    new SignInRefusal("account_pending", "Your account waits for a free seat. Ask your administrator for one."),
  suspended: () => new SignInRefusal("account_suspended", "Your account is suspended. Ask your administrator."),
};
