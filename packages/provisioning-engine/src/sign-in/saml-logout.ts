/**
 * Single logout on the engine: the host ends its sessions, whoever listens to the change feed hears of it.
 *
 * @module
 */
import type { EndedSessions, SamlSession } from "@muster/saml-sp";
import type { SamlLogout } from "@muster/saml-sp/http";
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import type { EngineContext } from "../context.ts";
import type { TenantId } from "../ports/index.ts";
import { runUseCase } from "../unit-of-work.ts";
import { findNamedAccount } from "./account-lookup.ts";
import { nameIdKey } from "./name-id-key.ts";
import { logoutStore, type OneTimeScope } from "./one-time-stores.ts";

/** The host's part of a sign-out. Without `signingKeys` there is no single logout. */
export interface LogoutOptions {
  /**
   * Ends the session of a browser, at `GET {signOutUrl}`. What the sign-in said is told to the identity provider.
   *
   * @example
   * signOut: ({ request }) => sessions.end(request)
   */
  readonly signOut?: ((asked: AskedSignOut) => EndedSession | Promise<EndedSession>) | undefined;
  /**
   * Ends sessions that the identity provider ends, before it is told so. Match NameID and session index with what
   * `establishSession` was given: the request comes from another site, mostly without a cookie. Who prefers to be told
   * afterwards listens to `account.signed_out`.
   */
  readonly endSessions?:
    | ((ended: EndedSessions & { readonly tenant: TenantId }) => SessionResponse | Promise<SessionResponse>)
    | undefined;
  /** Where a sign-in or sign-out ends that did not begin at a page; `/` when absent. */
  readonly defaultReturnPath?: ((tenant: TenantId) => string) | undefined;
}

export interface AskedSignOut {
  readonly request: Request;
  readonly tenant: TenantId;
}

export interface SessionResponse {
  readonly headers?: Readonly<Record<string, string>> | Headers | undefined;
}

/** What is left of a session. */
export interface EndedSession extends SessionResponse {
  /** What `establishSession` was told; undefined when nobody was signed in by SAML. */
  readonly session?: SamlSession | undefined;
}

export function samlLogout(
  context: EngineContext,
  options: LogoutOptions,
  connection: EffectiveConnection,
  scope: OneTimeScope,
): SamlLogout {
  const tenant = connection.tenant.id;
  return {
    requestStore: logoutStore(context, scope),
    signOut: async (request) => {
      const ended = await options.signOut?.({ request, tenant });
      return { session: ended?.session, headers: headersOf(ended) };
    },
    endSessions: async (ended, requestId) => {
      const response = await options.endSessions?.({ ...ended, tenant });
      await tellOfSignOut(context, connection, ended, requestId);
      return headersOf(response);
    },
    defaultReturnPath: options.defaultReturnPath?.(tenant) ?? "/",
  };
}

function headersOf(response: SessionResponse | undefined): Headers | undefined {
  return response?.headers === undefined ? undefined : new Headers(response.headers);
}

/** Somebody of whom no account is left has no session that could go on. */
function tellOfSignOut(
  context: EngineContext,
  connection: EffectiveConnection,
  { nameId, sessionIndexes }: EndedSessions,
  requestId: string,
): Promise<void> {
  const actor = { type: "connection", id: connection.id } as const;
  const useCase = { rootTenantId: connection.root.tenant.id, actor, requestId };
  const person = { nameId: nameId.value, nameIdKey: nameIdKey(connection.id, nameId) };
  return runUseCase(context, useCase, async (unit) => {
    const account = await findNamedAccount(unit.tx, connection, person);
    if (account === null) return;
    const data = { reason: "identity_provider", sessionIndexes };
    await unit.emit({ tenantId: connection.tenant.id, type: "account.signed_out", accountId: account.id, data });
  });
}
