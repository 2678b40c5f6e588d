/**
 * Validation of a SAML Response (SAML Profiles §4.1.4.3): an ordered list of named checks.
 *
 * @module
 */
import { type Assertion, readAssertion } from "./assertion.ts";
import type { SigningKey } from "./certificate.ts";
import { type SignedClaims, signerDetails } from "./claims.ts";
import { withDetails } from "./errors.ts";
import type { IdentityProviderSettings } from "./identity-provider.ts";
import { skewMsOf } from "./instant.ts";
import type { KeyCache } from "./key-cache.ts";
import { answeredRequest, type OneTimeStores, useAssertion } from "./one-time-use.ts";
import type { OutstandingRequest } from "./request-store.ts";
import {
  audienceIsUs,
  conditionsAreUnderstood,
  conditionsHold,
  confirmedSubject,
  contextIsAsRequested,
  destinationIsUs,
  type Expected,
  issuedInThePast,
  issuersAreTrusted,
  personIsFreshlyAuthenticated,
  type Received,
  type ResponseCheck,
  sessionIsOpen,
  statusIsSuccess,
  subjectIsConfirmed,
  subjectIsNamed,
  versionIsSupported,
} from "./response-checks.ts";
import { decodeResponse } from "./response-encoding.ts";
import { readHeader } from "./response-header.ts";
import { readMessage } from "./response-message.ts";
import { verifyMessage } from "./response-signatures.ts";
import type { ServiceProviderSettings } from "./service-provider.ts";
import { verificationOf } from "./verification.ts";
import { parseXml } from "./xml.ts";

export type { NameID, SignedClaims } from "./claims.ts";

export interface ValidateResponseOptions extends OneTimeStores {
  readonly serviceProvider: ServiceProviderSettings;
  readonly identityProvider: IdentityProviderSettings;
  /** Accepts responses that nobody asked for (SAML Profiles §4.1.5). */
  readonly allowIdpInitiated: boolean;
  readonly now: Date;
  /** Tolerated clock difference; 60 when absent. */
  readonly clockSkewSeconds?: number | undefined;
  /** Remembers parsed keys from one response to the next; without it each response has them parsed anew. */
  readonly keyCache?: KeyCache | undefined;
}

/** Rules R12 to R15, in their order: who is first decides which code is reported. All read what was signed. */
const CHECKS: readonly ResponseCheck[] = [
  statusIsSuccess,
  versionIsSupported,
  issuersAreTrusted,
  conditionsHold,
  conditionsAreUnderstood,
  audienceIsUs,
  destinationIsUs,
  subjectIsNamed,
  subjectIsConfirmed,
  sessionIsOpen,
  issuedInThePast,
];

/**
 * What an identity provider says about a person, if it says so to us, now, once, and signed.
 *
 * @param samlResponse the form field as it came
 * @param options the two parties of one connection, its memory and the time
 * @throws {SamlError} with the code of the check that refused
 * @example
 * const claims = await validateResponse(form.get("SAMLResponse"), {
 *   serviceProvider, identityProvider, requestStore, replayStore, allowIdpInitiated: false, now: new Date(),
 * });
 * sessions.begin(claims.nameId.value);
 */
export async function validateResponse(samlResponse: string, options: ValidateResponseOptions): Promise<SignedClaims> {
  const expected: Expected = { ...options, skewMs: skewMsOf(options) };
  const verification = verificationOf(options);

  const message = readMessage(parseXml(decodeResponse(samlResponse)));
  statusIsSuccess({ header: readHeader(message.response) });
  const signers = new Set<string>();
  const onSigner = ({ fingerprint }: SigningKey) => void signers.add(fingerprint);
  const verified = verifyMessage(message, { ...verification, onSigner });

  // From here on everything reads the signed bytes.
  try {
    const received: Received = {
      header: readHeader(verified.response ?? message.response),
      headerIsSigned: verified.response !== undefined,
      assertion: readAssertion(verified.assertion, verification.decryption),
    };
    for (const check of CHECKS) check(received, expected);
    const request = await answeredRequest(received, confirmedSubject(received, expected), options);
    personIsFreshlyAuthenticated(received, request, expected);
    contextIsAsRequested(received, request, expected);
    await useAssertion(received, expected, options);
    return claimsOf(received.assertion, request, [...signers]);
  } catch (error) {
    throw withDetails(error, signerDetails([...signers]));
  }
}

function claimsOf(
  assertion: Assertion,
  request: OutstandingRequest | undefined,
  signedBy: readonly string[],
): SignedClaims {
  const { id, issuer, subject, attributes, authnStatements } = assertion;
  const [{ sessionIndex, authnInstant, authnContextClassRef }] = authnStatements;
  const sessionNotOnOrAfter = earliest(authnStatements.map((statement) => statement.sessionNotOnOrAfter));
  return {
    issuer: issuer.value,
    assertionId: id,
    nameId: subject.nameId,
    attributes,
    sessionIndex,
    authnInstant,
    sessionNotOnOrAfter,
    authnContextClassRef,
    signedBy,
    request,
  };
}

function earliest(instants: readonly (Date | undefined)[]): Date | undefined {
  return instants
    .filter((instant) => instant !== undefined)
    .toSorted((left, right) => left.getTime() - right.getTime())[0];
}
