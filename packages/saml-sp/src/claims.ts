/**
 * What a sign-in yields.
 *
 * @module
 */
import type { SamlErrorDetails } from "./errors.ts";
import type { OutstandingRequest } from "./request-store.ts";

/** What an identity provider said about a person, and nothing that it did not sign. */
export interface SignedClaims {
  readonly issuer: string;
  readonly assertionId: string;
  readonly nameId: NameID;
  /** By case-sensitive name; values verbatim, `xsi:nil` as null. Values that are XML and no text are left out. */
  readonly attributes: ReadonlyMap<string, readonly (string | null)[]>;
  readonly sessionIndex: string | undefined;
  readonly authnInstant: Date;
  /** The earliest, when there are several. */
  readonly sessionNotOnOrAfter: Date | undefined;
  readonly authnContextClassRef: string | undefined;
  /** SHA-256 of the certificates that the signatures are by, as `readCertificates` writes it: mostly one. */
  readonly signedBy: readonly string[];
  /** The question that this answers; undefined when the identity provider began. */
  readonly request: OutstandingRequest | undefined;
}

/** SAML Core §2.2.3; compared verbatim, never trimmed or folded. */
export interface NameID {
  readonly value: string;
  readonly format: string | undefined;
  readonly nameQualifier: string | undefined;
  readonly spNameQualifier: string | undefined;
}

/** By whom it was signed, for the log of whatever is refused later. */
export function signerDetails(signedBy: SignedClaims["signedBy"]): SamlErrorDetails {
  return { certificate: signedBy.join(" ") };
}
