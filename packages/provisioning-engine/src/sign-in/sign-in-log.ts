/**
 * The sign-in log: each answer of an identity provider that was valid, and what became of it.
 *
 * @module
 */
import type { Account } from "../admin/views.ts";
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import type { UnitOfWork } from "../unit-of-work.ts";
import type { Person } from "./account-lookup.ts";

/** @param refusal why not, or null when the person was signed in */
export async function logSignIn(
  { tx, context, now, requestId }: UnitOfWork,
  { tenant }: EffectiveConnection,
  { nameId }: Person,
  account: Account | null,
  refusal: string | null,
): Promise<void> {
  const label = account?.userName ?? nameId;
  await tx.syncEvents.append({
    tenantId: tenant.id,
    id: context.newId(),
    at: now,
    operation: "sign_in",
    subject: { type: "User", key: label.toLowerCase(), label, id: account?.id ?? null },
    outcome: refusal === null ? "unchanged" : "failed",
    cause: null,
    message: refusal,
    requestId: requestId ?? "",
  });
}
