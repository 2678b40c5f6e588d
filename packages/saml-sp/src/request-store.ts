/**
 * Outstanding requests, so that a response answers a question that this connection asked (rules R16 and R18).
 *
 * @module
 */

/** What is remembered about an AuthnRequest until its response comes. */
export interface OutstandingRequest {
  readonly id: string;
  /** The RelayState that went with it: a random handle, never data (SAML Bindings §3.4.3, rule R19). */
  readonly relayState: string;
  /** Where the browser goes after the sign-in: a path of the host, already checked. */
  readonly returnTo: string | undefined;
  /** RFC 3339, UTC. */
  readonly issuedAt: string;
  readonly forceAuthn: boolean;
  /** The classes that were asked for; none when absent. */
  readonly requestedAuthnContext?: readonly string[] | undefined;
  /** Hash of what the browser that asked can show; any may bring the answer when absent. */
  readonly browser?: string | undefined;
  /** What the service wants to know again when the answer comes; opaque here, and never sent to the provider. */
  readonly context?: string | undefined;
}

/** What is remembered about a LogoutRequest of ours until its answer comes. */
export interface OutstandingLogout {
  readonly id: string;
  /** Where the browser goes afterwards: a path of the host, already checked. */
  readonly returnTo: string | undefined;
}

/** Bound to one connection, and to one kind of requests, by whoever makes it. */
export interface RequestStore<Request extends { readonly id: string } = OutstandingRequest> {
  put(request: Request, expiresAt: Date): Promise<void>;
  /** Deletes and returns in one step; undefined when unknown, expired, or another connection's. */
  take(id: string): Promise<Request | undefined>;
}
