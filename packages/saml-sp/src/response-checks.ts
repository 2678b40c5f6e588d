/**
 * The checks of SAML Profiles §4.1.4.3 on what was signed, in their order (rules R12 to R15). Each is a pure function
 * that refuses or returns; one more kind of forged response is one more of them.
 *
 * @module
 */
import type { Assertion, SubjectConfirmation } from "./assertion.ts";
import { SamlError, type SamlErrorCode, type SamlErrorDetails, type SamlErrorOptions } from "./errors.ts";
import type { IdentityProviderSettings } from "./identity-provider.ts";
import { type Clock, isInFuture, isOver } from "./instant.ts";
import type { OutstandingRequest } from "./request-store.ts";
import type { ResponseHeader } from "./response-header.ts";
import { STATUS } from "./response-status.ts";
import type { Issuer } from "./saml-element.ts";
import type { ServiceProviderSettings } from "./service-provider.ts";

/** What came. */
export interface Received {
  readonly header: ResponseHeader;
  /** An unsigned header only serves to refuse. */
  readonly headerIsSigned: boolean;
  readonly assertion: Assertion;
}

/** What it must be. */
export interface Expected extends Clock {
  readonly serviceProvider: ServiceProviderSettings;
  readonly identityProvider: IdentityProviderSettings;
}

/** Refuses or returns. */
export type ResponseCheck = (received: Received, expected: Expected) => void;

const BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer";
const ENTITY_FORMAT = "urn:oasis:names:tc:SAML:2.0:nameid-format:entity";
const HOUR_MS = 3_600_000;

/** A confirmation is for the moments after a sign-in. What is good for longer is refused, as it could be stolen longer. */
const MAX_CONFIRMATION_MS = 24 * HOUR_MS;

/** SAML Core §3.2.2.2. Asked first before the signature: a failed sign-in has no assertion to verify. */
export function statusIsSuccess({ header: { statusCodes } }: Pick<Received, "header">): void {
  if (statusCodes[0] === STATUS.success) return;
  throw refusal("status_not_success", "The identity provider did not sign you in.", {
    hint: "The identity provider's own log says why.",
    details: { status: statusCodes.slice(0, 2).map(knownStatus).join(" ") },
  });
}

/** Anybody can write an unsigned status: what is not one of SAML's words stays out of the log. */
function knownStatus(code: string): string {
  return /^urn:oasis:names:tc:SAML:2\.0:status:([A-Za-z]{1,40})$/.exec(code)?.[1] ?? "unknown";
}

/** SAML Core §2.3.3, §3.2.2. */
export function versionIsSupported({ header, assertion }: Received): void {
  if (header.version === "2.0" && assertion.version === "2.0") return;
  throw refusal("version_unsupported", "The response is not SAML 2.0.");
}

/** Rule R12, SAML Profiles §4.1.4.2: the one identity provider of this connection, whoever else is trusted elsewhere. */
export function issuersAreTrusted({ header, assertion }: Received, { identityProvider }: Expected): void {
  if (header.issuer !== undefined) issuerIsTrusted(header.issuer, identityProvider);
  issuerIsTrusted(assertion.issuer, identityProvider);
}

/** The issuer of any message. */
export function issuerIsTrusted({ value, format }: Issuer, { entityId }: IdentityProviderSettings): void {
  if (value === entityId && (format === undefined || format === ENTITY_FORMAT)) return;
  throw refusal("issuer_mismatch", "The message is by another identity provider than the one that is trusted here.", {
    hint: "Compare the connection's identity provider entity id with the issuer, character by character.",
    details: { expected: entityId, received: logged(value) },
  });
}

/** Rule R13, SAML Core §2.5.1.2. */
export function conditionsHold({ assertion }: Received, clock: Expected): void {
  const { notBefore, notOnOrAfter } = assertion.conditions;
  if (notBefore !== undefined && isInFuture(notBefore, clock)) {
    throw refusal("conditions_not_yet_valid", "The assertion is not valid yet.", clocksDiffer(clock, notBefore));
  }
  if (notOnOrAfter !== undefined && isOver(notOnOrAfter, clock)) {
    throw refusal("conditions_expired", "The assertion has expired. Sign in again.", clocksDiffer(clock, notOnOrAfter));
  }
}

/** SAML Core §2.5.1: a condition that is not understood makes the assertion's validity indeterminate. */
export function conditionsAreUnderstood({ assertion }: Received): void {
  if (!assertion.conditions.hasUnknown) return;
  throw refusal("condition_unknown", "The assertion has a condition that is not understood.");
}

/** Rules R13 and R78, SAML Core §2.5.1.4: each restriction must allow us, by entity id or by callback. */
export function audienceIsUs({ assertion }: Received, { serviceProvider }: Expected): void {
  const { entityId, acsUrl } = serviceProvider;
  const { audienceRestrictions } = assertion.conditions;
  if (audienceRestrictions.length === 0) {
    throw refusal("audience_missing", "The assertion does not say whom it is meant for.");
  }
  const excluding = audienceRestrictions.find(
    (audiences) => !audiences.includes(entityId) && !audiences.includes(acsUrl),
  );
  if (excluding === undefined) return;
  throw refusal("audience_mismatch", "The assertion is meant for another service.", {
    hint: "Set the audience at the identity provider to the service provider entity id.",
    details: { expected: entityId, received: logged(excluding.join(" ")) },
  });
}

/** Rule R14, SAML Bindings §3.5.5.2: a signed response must say where it was sent. */
export function destinationIsUs({ header, headerIsSigned }: Received, { serviceProvider }: Expected): void {
  const { destination } = header;
  if (destination === serviceProvider.acsUrl || (destination === undefined && !headerIsSigned)) return;
  if (destination === undefined) throw refusal("destination_missing", "The response does not say where it was sent.");
  throw refusal("destination_mismatch", "The response was sent to another address.", {
    hint: "Set the single sign-on URL at the identity provider to the callback address of this connection.",
    details: { expected: serviceProvider.acsUrl, received: logged(destination) },
  });
}

export function subjectIsNamed({ assertion }: Received): void {
  if (isProperName(assertion.subject.nameId.value)) return;
  throw refusal("name_id_invalid", IMPROPER_NAME);
}

/** A persistent identifier has 256 at most (SAML Core §8.3.7). Names are kept and looked up. */
const MAX_NAME_CHARACTERS = 1024;

export const IMPROPER_NAME: string = `The NameID is empty, longer than ${MAX_NAME_CHARACTERS} characters, or has white space around it.`;

/** SAML Core §2.2.3. White space around a name makes it another name, which looks the same. */
export function isProperName(nameId: string): boolean {
  return nameId !== "" && nameId.length <= MAX_NAME_CHARACTERS && nameId === nameId.trim();
}

export function subjectIsConfirmed(received: Received, expected: Expected): void {
  confirmedSubject(received, expected);
}

/**
 * Rule R15, SAML Profiles §4.1.4.2: at least one bearer confirmation must be for this callback and this moment.
 *
 * @returns the first that is
 */
export function confirmedSubject({ assertion }: Received, expected: Expected): SubjectConfirmation {
  const bearers = bearerConfirmations(assertion);
  const confirmed = bearers.find((bearer) => confirmationProblem(bearer, expected) === undefined);
  if (confirmed !== undefined) return confirmed;
  const [first] = bearers;
  if (first !== undefined) throw confirmationProblem(first, expected);
  throw refusal("confirmation_missing", "The assertion has no bearer confirmation.");
}

/** SAML Profiles §3.3; the other methods ask for proof that a browser cannot give. */
export function bearerConfirmations({ subject }: Assertion): readonly SubjectConfirmation[] {
  return subject.confirmations.filter(({ method }) => method === BEARER);
}

function confirmationProblem(confirmation: SubjectConfirmation, expected: Expected): SamlError | undefined {
  return recipientProblem(confirmation, expected) ?? confirmationTimeProblem(confirmation, expected);
}

function recipientProblem({ recipient }: SubjectConfirmation, { serviceProvider }: Expected): SamlError | undefined {
  if (recipient === serviceProvider.acsUrl) return undefined;
  if (recipient === undefined) return refusal("recipient_missing", "The assertion does not say who may receive it.");
  return refusal("recipient_mismatch", "The assertion is to be received at another address.", {
    hint: "Set the recipient at the identity provider to the callback address of this connection.",
    details: { expected: serviceProvider.acsUrl, received: logged(recipient) },
  });
}

function confirmationTimeProblem(confirmation: SubjectConfirmation, clock: Expected): SamlError | undefined {
  const { notBefore, notOnOrAfter } = confirmation;
  if (notBefore !== undefined) return refusal("confirmation_not_before", "A bearer confirmation has a NotBefore.");
  if (notOnOrAfter === undefined || isOver(notOnOrAfter, clock)) {
    return refusal(
      "confirmation_expired",
      "The sign-in took too long. Sign in again.",
      clocksDiffer(clock, notOnOrAfter),
    );
  }
  const limit = { ...clock, now: new Date(clock.now.getTime() + MAX_CONFIRMATION_MS) };
  if (!isInFuture(notOnOrAfter, limit)) return undefined;
  return refusal("confirmation_lifetime_exceeded", "The assertion could be used for more than a day.");
}

/** SAML Core §2.7.2. */
export function sessionIsOpen({ assertion }: Received, clock: Expected): void {
  const ends = assertion.authnStatements.map(({ sessionNotOnOrAfter }) => sessionNotOnOrAfter);
  if (!ends.some((end) => end !== undefined && isOver(end, clock))) return;
  throw refusal("session_expired", "Your session at the identity provider has ended. Sign in again.");
}

/** SAML Core §2.3.3, §3.2.2. */
export function issuedInThePast({ header, assertion }: Received, clock: Expected): void {
  const early = [header.issueInstant, assertion.issueInstant].find(
    (instant) => instant !== undefined && isInFuture(instant, clock),
  );
  if (early === undefined) return;
  throw refusal("issued_in_the_future", "The response was issued in the future.", clocksDiffer(clock, early));
}

/** SAML Core §3.4.1: a request with ForceAuthn wants the person to be checked after it. */
export function personIsFreshlyAuthenticated(
  { assertion }: Received,
  request: OutstandingRequest | undefined,
  { skewMs }: Expected,
): void {
  if (request === undefined || !request.forceAuthn) return;
  const earliest = Date.parse(request.issuedAt) - skewMs;
  if (assertion.authnStatements.every(({ authnInstant }) => authnInstant.getTime() >= earliest)) return;
  throw refusal("authn_instant_too_old", "The identity provider did not check again who you are.");
}

/** SAML Core §3.3.2.2.1: the comparison is exact. Of an unsolicited response the connection's own wish is demanded. */
export function contextIsAsRequested(
  { assertion }: Received,
  request: OutstandingRequest | undefined,
  { identityProvider }: Expected,
): void {
  const requested = request?.requestedAuthnContext ?? identityProvider.requestedAuthnContext ?? [];
  const used = assertion.authnStatements.map(({ authnContextClassRef = "" }) => authnContextClassRef);
  if (requested.length === 0 || used.every((context) => requested.includes(context))) return;
  throw refusal(
    "authn_context_mismatch",
    "The identity provider did not check who you are in the way that is demanded.",
    {
      hint: "Require that way of signing in for this application at the identity provider.",
      details: { expected: requested.join(" "), received: logged(used.join(" ")) },
    },
  );
}

/** @param stated what the response says, that does not go with our clock */
export function clocksDiffer({ now, skewMs }: Clock, stated: Date | undefined): SamlErrorOptions {
  const seconds = skewMs / 1000;
  return {
    hint: `Check the clocks of both sides; they may differ by ${seconds} seconds.`,
    details: {
      now: now.toISOString(),
      toleratedSeconds: seconds,
      ...(stated === undefined ? {} : clockDifference(now, stated)),
    },
  };
}

/** Positive when the response is ahead of us. */
function clockDifference(now: Date, stated: Date): SamlErrorDetails {
  const differenceSeconds = Math.round((stated.getTime() - now.getTime()) / 1000);
  return { received: stated.toISOString(), differenceSeconds };
}

const MAX_LOGGED_CHARACTERS = 256;

/** Names of services and addresses, which are no claims about a person; bounded all the same. */
export function logged(text: string): string {
  return text.slice(0, MAX_LOGGED_CHARACTERS);
}

function refusal(code: SamlErrorCode, message: string, options?: SamlErrorOptions): SamlError {
  return new SamlError(code, message, options);
}
