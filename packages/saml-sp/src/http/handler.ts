/**
 * The three SAML endpoints of a connection over fetch: sign-in, callback, metadata.
 *
 * @module
 */
import type { AuthnRequestPreferences } from "../authn-request.ts";
import type { SamlError } from "../errors.ts";
import type { IdentityProviderSettings } from "../identity-provider.ts";
import type { ReplayStore } from "../replay-store.ts";
import type { RequestStore } from "../request-store.ts";
import type { SignedClaims } from "../response.ts";
import type { ServiceProviderSettings } from "../service-provider.ts";

/** A connection as the handler needs it, read anew at each request: settings act at once. */
export interface SamlConnection {
  readonly serviceProvider: ServiceProviderSettings;
  /** Undefined until an admin configured one: sign-in answers 409, metadata still works. */
  readonly identityProvider: IdentityProviderSettings | undefined;
  readonly allowIdpInitiated: boolean;
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

export type SamlEndpoint = "sign-in" | "acs" | "metadata";

/** @param endpoint which of the connection's endpoints the host's router matched */
export type SamlHandler = (request: Request, connectionId: string, endpoint: SamlEndpoint) => Promise<Response>;
