/**
 * What a response says: every field that a test may want to bend, with the value that an honest identity provider
 * gives it.
 *
 * @module
 */
import type { ServiceProviderSettings } from "../service-provider.ts";

/** Null leaves the field out of the response. */
export interface ResponseFields {
  readonly responseId: string;
  readonly assertionId: string;
  /** Of the response and of the assertion. */
  readonly issuer: string;
  readonly issuedAt: Date;
  /** The second-level status code is not written. */
  readonly statusCode: string;
  readonly destination: string | null;
  readonly inResponseTo: string | null;
  readonly nameId: string;
  readonly nameIdFormat: string | null;
  readonly confirmationMethod: string;
  readonly recipient: string | null;
  readonly audience: string | null;
  readonly notBefore: Date | null;
  /** Of the conditions and of the subject confirmation. */
  readonly notOnOrAfter: Date | null;
  readonly authnInstant: Date;
  readonly authnContextClassRef: string;
  readonly sessionIndex: string | null;
  readonly sessionNotOnOrAfter: Date | null;
  /** A null value is written as `xsi:nil`. */
  readonly attributes: Readonly<Record<string, AttributeValue | readonly AttributeValue[]>>;
}

type AttributeValue = string | null;

const LIFETIME_MS = 5 * 60_000;
const SESSION_MS = 8 * 3_600_000;

/** What an honest response has whoever it is about. */
export function honestFields(to: {
  readonly serviceProvider: ServiceProviderSettings;
  readonly issuer: string;
  readonly inResponseTo: string | null;
  readonly nameId: string;
  readonly now: Date;
  readonly newId: () => string;
}): ResponseFields {
  return {
    responseId: to.newId(),
    assertionId: to.newId(),
    issuer: to.issuer,
    issuedAt: to.now,
    statusCode: "urn:oasis:names:tc:SAML:2.0:status:Success",
    destination: to.serviceProvider.acsUrl,
    inResponseTo: to.inResponseTo,
    nameId: to.nameId,
    nameIdFormat: "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified",
    confirmationMethod: "urn:oasis:names:tc:SAML:2.0:cm:bearer",
    recipient: to.serviceProvider.acsUrl,
    audience: to.serviceProvider.entityId,
    notBefore: to.now,
    notOnOrAfter: new Date(to.now.getTime() + LIFETIME_MS),
    authnInstant: to.now,
    authnContextClassRef: "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport",
    sessionIndex: to.newId(),
    sessionNotOnOrAfter: new Date(to.now.getTime() + SESSION_MS),
    attributes: {},
  };
}
