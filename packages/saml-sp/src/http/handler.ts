/**
 * The SAML endpoints of a connection over fetch: sign-in, callback, metadata, sign-out, single logout.
 *
 * @module
 */
import type { AuthnRequestPreferences } from "../authn-request.ts";
import type { SamlError } from "../errors.ts";
import type { IdentityProviderSettings } from "../identity-provider.ts";
import type { EndedSessions, SamlSession } from "../logout-request.ts";
import type { ReplayStore } from "../replay-store.ts";
import type { OutstandingLogout, RequestStore } from "../request-store.ts";
import type { SignedClaims } from "../response.ts";
import type { ServiceProviderSettings } from "../service-provider.ts";

/** A connection as the handler needs it, read anew at each request: settings act at once. */
export interface SamlConnection {
  readonly serviceProvider: ServiceProviderSettings;
  /** Undefined until an admin configured one: sign-in answers 409, metadata still works. */
  readonly identityProvider: IdentityProviderSettings | undefined;
  readonly allowIdpInitiated: boolean;
  /**
   * Lets a sign-in end only in the browser that began it, by a cookie that is good for as long as the question; any browser
   * may bring the answer when absent. Responses that nobody asked for are not bound.
   */
  readonly bindToBrowser?: boolean | undefined;
  /** What each request asks for besides the person. */
  readonly authnRequest?: AuthnRequestPreferences | undefined;
  readonly requestStore: RequestStore;
  readonly replayStore: ReplayStore;
  /**
   * Decides what a valid response means for the product. Returns the answer for the browser, or throws a
   * `SignInRefusal`.
   *
   * @param returnTo a checked same-origin path, or undefined
   */
  signIn(claims: SignedClaims, returnTo: string | undefined, requestId: string): Promise<Response>;
  /** Ends sessions, here and everywhere; without it `sign-out` and `slo` answer 409. */
  readonly logout?: SamlLogout | undefined;
}

/** The host's part of single logout. The service provider's `sloUrl` must be the address of `slo`. */
export interface SamlLogout {
  /** Not the store of sign-ins: an answer to one question must not answer the other. */
  readonly requestStore: RequestStore<OutstandingLogout>;
  /** Ends the session of this browser. */
  signOut(request: Request, requestId: string): Promise<SignedOut>;
  /**
   * Ends sessions because the identity provider says so; those that are not there are over. The request comes from another
   * site, so the browser may send no cookie along: look sessions up by what is given. What it throws is reported to the
   * identity provider as a failure.
   *
   * @returns headers for the answer, above all a cookie that is taken back
   */
  endSessions(ended: EndedSessions, requestId: string): Promise<Headers | undefined>;
  /** Where a sign-out ends that did not begin at a page: a path of the host. */
  readonly defaultReturnPath: string;
}

/** What a browser's session was. */
export interface SignedOut {
  /** As the sign-in left it; undefined when nobody was signed in, or not by this connection. */
  readonly session: SamlSession | undefined;
  /** For the answer, above all a cookie that is taken back. */
  readonly headers?: Headers | undefined;
}

export interface SamlHandlerOptions {
  /** Undefined for an unknown or disabled connection: 404. */
  connection(id: string): Promise<SamlConnection | undefined>;
  readonly clock: () => Date;
  /** Random AuthnRequest ids and relay states come from here; must not be guessable. */
  readonly randomId?: (() => string) | undefined;
  /** Bytes of a callback form; 512 KiB when absent. */
  readonly bodyBytes?: number | undefined;
  /**
   * Told of each refused response: code, stage and safe facts; never of assertion content. The browser is answered
   * afterwards, so that whoever reads the log finds what the page names.
   */
  onRefused?(refusal: {
    readonly connectionId: string;
    readonly requestId: string;
    readonly error: SamlError;
  }): void | Promise<void>;
  /** Told of errors that become a 500. */
  onError?(error: unknown, requestId: string): void;
}

export type SamlEndpoint = "sign-in" | "acs" | "metadata" | "sign-out" | "slo";

/** @param endpoint which of the connection's endpoints the host's router matched */
export type SamlHandler = (request: Request, connectionId: string, endpoint: SamlEndpoint) => Promise<Response>;
