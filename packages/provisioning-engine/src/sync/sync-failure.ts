/**
 * The list behind "View details": who failed to sync, why, and what to do (R63 to R71). One open entry per tenant,
 * subject and cause; it closes when a later attempt succeeds (I32).
 *
 * @module
 */
import { isScimError, ScimError, type ScimErrorCode } from "@muster/scim-core";
import { isProvisioningError } from "../errors.ts";
import { vetoAnswer } from "../hook/veto.ts";
import type { SyncCause, SyncEventRecord, SyncFailureRecord, SyncSubject, TenantId } from "../ports/index.ts";
import type { UnitOfWork } from "../unit-of-work.ts";

/** What is known of a failure when it happens. */
export interface NewFailure {
  readonly tenantId: TenantId;
  readonly subject: SyncSubject;
  readonly operation: SyncEventRecord["operation"];
  readonly cause: SyncCause;
  readonly message: string;
  readonly retry: SyncFailureRecord["retry"];
}

/** Opens a failure and tells of it, or counts one more attempt on the open one. */
export async function openFailure({ tx, context, now, emit }: UnitOfWork, given: NewFailure): Promise<void> {
  const { tenantId } = given;
  const id = context.newId();
  await tx.failures.record({ ...given, id, firstSeen: now, lastSeen: now, attempts: 1, resolvedAt: null });
  const opened = await tx.failures.get(tenantId, id);
  if (opened === null) return;
  const { retry: _, ...failure } = opened;
  await emit({ tenantId, type: "sync.failed", data: { failure } });
}

/** Closes the open failures of a subject; all of them when no causes are named. */
export async function closeFailures(
  { tx, now }: UnitOfWork,
  tenantId: TenantId,
  { type, key }: SyncSubject,
  causes?: readonly SyncCause[],
): Promise<void> {
  if (causes?.length === 0) return;
  await tx.failures.resolve(tenantId, { type, key }, now, causes);
}

/**
 * Ends a write of an identity provider: nothing of it is saved, the provider gets `answer`, and the tenant's admin reads
 * the same sentence under `reason`.
 */
export class SyncRefusal extends Error {
  readonly reason: SyncCause;
  readonly answer: ScimError;

  constructor(reason: SyncCause, answer: ScimError) {
    super(answer.message);
    this.name = "SyncRefusal";
    this.reason = reason;
    this.answer = answer;
  }
}

/** @param detail for an IT admin: what happened and what to change */
export function refusal(reason: SyncCause, code: ScimErrorCode, detail: string): SyncRefusal {
  return new SyncRefusal(reason, new ScimError(code, detail));
}

/** Somebody else wrote first: the write is run once more, and refused if it loses again. */
export function lostRace(what: "account" | "user" | "group"): SyncRefusal {
  return refusal("conflict", "conflict", `The ${what} changed at the same time. Try again.`);
}

/** Errors that tell nothing about the subject: there is none, or the caller may not ask. */
const UNFILED: ReadonlySet<ScimErrorCode> = new Set(["notFound", "unauthorized", "sensitive", "notImplemented"]);

const CAUSE_BY_CODE: Readonly<Partial<Record<ScimErrorCode, SyncCause>>> = {
  uniqueness: "duplicate",
  conflict: "conflict",
  preconditionFailed: "conflict",
};

/** An error of a write, as both sides see it. */
export interface FailedWrite {
  /** Thrown to the protocol; the original when it is none of the directory's business. */
  readonly answer: unknown;
  /** Null when nothing is filed. */
  readonly filed: { readonly cause: SyncCause; readonly message: string } | null;
}

/** @param requestId by which the log finds an internal error */
export function failedWrite(error: unknown, requestId: string): FailedWrite {
  if (error instanceof SyncRefusal) {
    return { answer: error.answer, filed: { cause: error.reason, message: error.message } };
  }
  const veto = vetoAnswer(error);
  if (veto !== undefined) return { answer: veto, filed: { cause: "validation", message: veto.message } };
  if (isProvisioningError(error) && error.code === "conflict") {
    return { answer: new ScimError("conflict", error.message), filed: { cause: "conflict", message: error.message } };
  }
  if (isScimError(error) && UNFILED.has(error.code)) return { answer: error, filed: null };
  if (isScimError(error) && error.status < 500) {
    return { answer: error, filed: { cause: causeOf(error), message: error.message } };
  }
  const message = `This failed on our side. The log has the reason under request ${requestId}.`;
  return { answer: unavailable(error) ?? error, filed: { cause: "internal", message } };
}

function causeOf({ code, status }: ScimError): SyncCause {
  return CAUSE_BY_CODE[code] ?? (status === 400 ? "validation" : "internal");
}

function unavailable(error: unknown): ScimError | undefined {
  if (!isProvisioningError(error) || error.code !== "unavailable") return undefined;
  return new ScimError("unavailable", "The service cannot answer now. Try again in a few seconds.", { cause: error });
}
