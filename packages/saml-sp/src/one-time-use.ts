/**
 * A response answers one question, and an assertion works once (rule R16). The only checks that ask a store, and the
 * last: no stranger can use up what a genuine response still needs.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { SubjectConfirmation } from "./assertion.ts";
import { SamlError } from "./errors.ts";
import type { ReplayStore } from "./replay-store.ts";
import type { OutstandingRequest, RequestStore } from "./request-store.ts";
import { bearerConfirmations, type Expected, type Received } from "./response-checks.ts";

/** The memory of one connection. */
export interface OneTimeStores {
  readonly requestStore: RequestStore;
  readonly replayStore: ReplayStore;
  readonly allowIdpInitiated: boolean;
}

/**
 * SAML Profiles §4.1.4.3 and §4.1.5. The signed InResponseTo decides; the response's own may only agree.
 *
 * @returns the question, or undefined when nobody asked
 * @throws {SamlError} `unsolicited_refused`, `request_mismatch`, `request_unknown`
 */
export async function answeredRequest(
  { header }: Received,
  { inResponseTo }: SubjectConfirmation,
  { requestStore, allowIdpInitiated }: OneTimeStores,
): Promise<OutstandingRequest | undefined> {
  if (header.inResponseTo !== undefined && header.inResponseTo !== inResponseTo) {
    throw new SamlError("request_mismatch", "The response and its assertion answer different requests.");
  }
  if (inResponseTo === undefined) {
    if (allowIdpInitiated) return undefined;
    throw new SamlError("unsolicited_refused", "Start to sign in here, not at the identity provider.", {
      hint: "Allow identity-provider-initiated sign-in at the connection, if people start from a portal.",
    });
  }
  const request = await requestStore.take(inResponseTo);
  if (request !== undefined) return request;
  throw new SamlError(
    "request_unknown",
    "The sign-in was not started here, took too long or was completed. Try again.",
  );
}

/** The store asks later than the checks did, and perhaps by the clock of another machine of ours. */
const REMEMBERED_LONGER_MS = 5 * 60_000;

/** Until when something must be remembered that is accepted until then. */
export function rememberedUntil(acceptedUntil: number): Date {
  return new Date(acceptedUntil + REMEMBERED_LONGER_MS);
}

/**
 * SAML Profiles §4.1.4.5: remembered for as long as any confirmation of the assertion could be accepted.
 *
 * @throws {SamlError} `assertion_replayed`
 */
export async function useAssertion(
  { assertion }: Received,
  { serviceProvider, identityProvider, skewMs }: Expected,
  { replayStore }: OneTimeStores,
): Promise<void> {
  const identity = JSON.stringify([serviceProvider.entityId, identityProvider.entityId, assertion.id]);
  const key = createHash("sha256").update(identity).digest("hex");
  const ends = bearerConfirmations(assertion).map(({ notOnOrAfter }) => notOnOrAfter?.getTime() ?? 0);
  if (await replayStore.putIfAbsent(key, rememberedUntil(Math.max(...ends) + skewMs))) return;
  throw new SamlError("assertion_replayed", "This sign-in was used already. Sign in again.");
}
