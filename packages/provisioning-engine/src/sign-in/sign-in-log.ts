/**
 * The sign-in log: what came from an identity provider, or posed as coming from one, and what became of it. It says what
 * was expected and what came, and never a part of an assertion.
 *
 * @module
 */
import type { SamlError, SamlErrorStage } from "@muster/saml-sp";
import type { SignInRefusal } from "@muster/saml-sp/http";
import type { Account } from "../admin/views.ts";
import { effectiveConnectionById } from "../connection/effective-connection.ts";
import type { EngineContext } from "../context.ts";
import { readMetadataSoon } from "../metadata/read-soon.ts";
import type { ConnectionId, SignInRecord, Transaction } from "../ports/index.ts";
import { runUseCase, type UnitOfWork } from "../unit-of-work.ts";
import type { Person } from "./account-lookup.ts";

/** Of each tenant. Whoever floods a callback forgets other strangers, and nobody whom the provider vouched for. */
const KEPT = { people: 1000, strangers: 200 } as const;

type Entry = Omit<SignInRecord, "id" | "at">;

export interface PersonSignIn {
  readonly unit: UnitOfWork;
  readonly tenantId: string;
  readonly person: Person;
  readonly account: Account | null;
  readonly outcome: SignInRecord["outcome"];
  /** Why not, or would not; undefined when nothing is wrong. */
  readonly refusal: SignInRefusal | undefined;
}

/** Logs what became of somebody whom the identity provider vouches for. */
export function logSignIn({ unit, tenantId, person, account, outcome, refusal }: PersonSignIn): Promise<void> {
  return append(unit.tx, unit.context, {
    tenantId,
    outcome,
    code: refusal?.code ?? null,
    stage: refusal === undefined ? null : "account",
    message: refusal?.message ?? null,
    hint: null,
    facts: { attributes: person.attributeNames, certificate: person.signedBy.join(" ") },
    authenticated: true,
    subject: { nameId: person.nameId, accountId: account?.id ?? null, userName: account?.userName ?? null },
    requestId: unit.requestId ?? "",
  });
}

/** A refusal of the SAML core. */
export interface Refusal {
  readonly connectionId: ConnectionId;
  readonly requestId: string;
  readonly error: SamlError;
}

/** What is refused there was signed by the identity provider. */
const AUTHENTICATED: ReadonlySet<SamlErrorStage> = new Set(["response", "assertion", "request", "replay", "claims"]);

export function isAuthenticated({ error }: Refusal): boolean {
  return AUTHENTICATED.has(error.stage);
}

/** Logs a response that was refused before it was about anybody. */
export function logRefusal(context: EngineContext, refusal: Refusal): Promise<void> {
  const { connectionId, requestId, error } = refusal;
  const { code, stage, message, hint = null, details: facts } = error;
  const authenticated = isAuthenticated(refusal);
  const useCase = { rootTenantId: null, actor: { type: "connection", id: connectionId }, requestId } as const;
  return runUseCase(context, useCase, async (unit) => {
    const { tx } = unit;
    const connection = await effectiveConnectionById(tx, connectionId);
    if (connection === null) return;
    if (code === "signature_invalid") await readMetadataSoon(unit, connection);
    const { tenant, settings } = connection;
    const outcome = settings.state === "draft" ? "tested" : "refused";
    const entry = { outcome, code, stage, message, hint, facts, authenticated, subject: null, requestId } as const;
    await append(tx, context, { tenantId: tenant.id, ...entry });
  });
}

async function append({ signIns }: Transaction, { newId, clock }: EngineContext, entry: Entry): Promise<void> {
  await signIns.append({ ...entry, id: newId(), at: clock().toISOString() });
  await signIns.keep(entry.tenantId, entry.authenticated, entry.authenticated ? KEPT.people : KEPT.strangers);
}
