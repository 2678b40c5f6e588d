/**
 * The checks that logout requests and their answers have in common (rule R18, SAML Profiles §4.4.4), in their order.
 *
 * @module
 */
import { SamlError } from "./errors.ts";
import type { IdentityProviderSettings } from "./identity-provider.ts";
import { type Clock, isInFuture, skewMsOf } from "./instant.ts";
import type { KeyCache } from "./key-cache.ts";
import type { LogoutHeader } from "./logout-message.ts";
import { clocksDiffer, issuerIsTrusted, logged } from "./response-checks.ts";
import type { ServiceProviderSettings } from "./service-provider.ts";

/** The two parties of a connection at a moment. */
export interface LogoutParties {
  readonly serviceProvider: ServiceProviderSettings;
  readonly identityProvider: IdentityProviderSettings;
  readonly now: Date;
  /** Tolerated clock difference; 60 when absent. */
  readonly clockSkewSeconds?: number | undefined;
  /** Remembers parsed keys from one message to the next. */
  readonly keyCache?: KeyCache | undefined;
}

/** What a message must be. */
export interface ExpectedLogout extends Clock {
  readonly sloUrl: string;
  readonly identityProvider: IdentityProviderSettings;
}

/** Refuses or returns. */
export type LogoutCheck<Message> = (message: Message, expected: ExpectedLogout) => void;

/** @throws {SamlError} `logout_not_configured` */
export function expectedLogout(parties: LogoutParties): ExpectedLogout {
  const { sloUrl } = parties.serviceProvider;
  if (sloUrl === undefined) throw logoutNotConfigured("This service takes no logout messages.");
  return { sloUrl, identityProvider: parties.identityProvider, now: parties.now, skewMs: skewMsOf(parties) };
}

export const HEADER_CHECKS: readonly LogoutCheck<LogoutHeader>[] = [
  versionIsSupported,
  issuerIsOurs,
  destinationIsUs,
  issuedInThePast,
];

/** SAML Core §3.2.1, §3.2.2. */
function versionIsSupported({ version }: LogoutHeader): void {
  if (version === "2.0") return;
  throw new SamlError("version_unsupported", "The logout message is not SAML 2.0.");
}

/** Rule R12: the one identity provider of this connection. */
function issuerIsOurs({ issuer }: LogoutHeader, { identityProvider }: ExpectedLogout): void {
  issuerIsTrusted(issuer, identityProvider);
}

/** Rule R14, SAML Bindings §3.4.5.2 and §3.5.5.2: what is signed must say where it was sent. */
function destinationIsUs({ destination }: LogoutHeader, { sloUrl }: ExpectedLogout): void {
  if (destination === sloUrl) return;
  if (destination === undefined) {
    throw new SamlError("destination_missing", "The logout message does not say where it was sent.");
  }
  throw new SamlError("destination_mismatch", "The logout message was sent to another address.", {
    hint: "Set the single logout URL at the identity provider to that of this connection.",
    details: { expected: sloUrl, received: logged(destination) },
  });
}

function issuedInThePast({ issueInstant }: LogoutHeader, clock: ExpectedLogout): void {
  if (!isInFuture(issueInstant, clock)) return;
  throw new SamlError(
    "issued_in_the_future",
    "The logout message was issued in the future.",
    clocksDiffer(clock, issueInstant),
  );
}

export function logoutNotConfigured(message: string): SamlError {
  return new SamlError("logout_not_configured", message, {
    hint: "Single logout needs sloUrl and signingKeys of the service provider, and sloUrl of the identity provider.",
  });
}
