/**
 * Credentials in use: until when, and since when unused.
 *
 * @module
 */
import type { EngineContext } from "../context.ts";
import type { Instant, ScimCredentialRecord } from "../ports/index.ts";

/** `lastUsedAt` is for people: exact to the minute, without a write per request. */
const TOUCH_EVERY_MS = 60_000;

export function hasExpired({ expiresAt }: ScimCredentialRecord, now: Instant): boolean {
  return expiresAt !== null && expiresAt <= now;
}

/** Notes that a credential is in use, if the last note is old. */
export async function noteUse({ store }: EngineContext, credential: ScimCredentialRecord, now: Instant): Promise<void> {
  const { connectionId, id, lastUsedAt } = credential;
  if (lastUsedAt !== null && Date.parse(now) - Date.parse(lastUsedAt) < TOUCH_EVERY_MS) return;
  await store.transaction({ tenantId: null }, (tx) => tx.credentials.touch(connectionId, id, now));
}
