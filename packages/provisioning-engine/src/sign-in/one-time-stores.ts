/**
 * The stores that a SAML sign-in needs, on the one-time values of the store port. Every key is bound to its connection.
 *
 * @module
 */
import type { OutstandingLogout, ReplayStore, RequestStore } from "@muster/saml-sp";
import type { EngineContext } from "../context.ts";
import type { ConnectionId, TenantId, Transaction } from "../ports/index.ts";

const REQUESTS = "saml-request";
const LOGOUTS = "saml-logout";
const ASSERTIONS = "saml-assertion";

/** Whose values they are. */
export interface OneTimeScope {
  readonly rootTenantId: TenantId;
  readonly connectionId: ConnectionId;
}

/** Outstanding AuthnRequests of one connection: taken once, by one response. */
export function requestStore(context: EngineContext, scope: OneTimeScope): RequestStore {
  return storeOf(context, scope, REQUESTS);
}

/** Outstanding LogoutRequests of one connection, which no response to a sign-in can answer. */
export function logoutStore(context: EngineContext, scope: OneTimeScope): RequestStore<OutstandingLogout> {
  return storeOf(context, scope, LOGOUTS);
}

function storeOf<Request extends { readonly id: string }>(
  context: EngineContext,
  scope: OneTimeScope,
  kind: string,
): RequestStore<Request> {
  return {
    put: (request, expiresAt) =>
      inTransaction(context, scope, async ({ oneTime }, now) => {
        await oneTime.sweep(now);
        await oneTime.put(scope.connectionId, kind, request.id, request, expiresAt.toISOString(), now);
      }),
    take: (id) =>
      inTransaction(context, scope, async ({ oneTime }, now) => {
        const taken = await oneTime.take(scope.connectionId, kind, id, now);
        return taken === null ? undefined : (taken.value as Request);
      }),
  };
}

/** Assertions of one connection that were used already. */
export function replayStore(context: EngineContext, scope: OneTimeScope): ReplayStore {
  return {
    putIfAbsent: (key, expiresAt) =>
      inTransaction(context, scope, async ({ oneTime }, now) => {
        // Where all sign-ins begin at the identity provider, nothing else would clean up.
        await oneTime.sweep(now);
        return oneTime.put(scope.connectionId, ASSERTIONS, key, true, expiresAt.toISOString(), now);
      }),
  };
}

function inTransaction<Result>(
  { store, clock }: EngineContext,
  { rootTenantId }: OneTimeScope,
  work: (tx: Transaction, now: string) => Promise<Result>,
): Promise<Result> {
  return store.transaction({ tenantId: rootTenantId }, (tx) => work(tx, clock().toISOString()));
}
