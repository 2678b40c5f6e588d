/**
 * Whom a connection trusts to sign people in, and what is known of its metadata.
 *
 * @module
 */
import type { Instant } from "./identifiers.ts";

export interface IdentityProviderConfig {
  readonly entityId: string;
  readonly ssoUrl: string;
  readonly ssoBinding: "redirect" | "post";
  /** Whether its metadata asks for signed requests. */
  readonly wantAuthnRequestsSigned?: boolean | undefined;
  /** Where it takes logout messages; nowhere when absent. */
  readonly sloUrl?: string | undefined;
  /** Where it takes the answers to its own; there too when absent. */
  readonly sloResponseUrl?: string | undefined;
  readonly sloBinding?: "redirect" | "post" | undefined;
  /** PEM; several during a rollover. */
  readonly certificates: readonly string[];
  /** Case-sensitive SAML attribute names (R80, R81). */
  readonly attributeNames: { readonly email: string; readonly name: string };
  /** Which signatures a response must carry; all that are there must hold. */
  readonly signaturePolicy: "assertion" | "response" | "both" | "either";
  /** Signs requests, or does not; null to do as its metadata asks. */
  readonly signAuthnRequests: boolean | null;
  /** Classes of which every sign-in must have used one (SAML Core §3.3.2.2.1); any will do when there are none. */
  readonly requestedAuthnContext: readonly string[];
  /** Has people checked again at every sign-in that begins here, also within a session over there. */
  readonly forceAuthn: boolean;
  /** Accepts certificates past their end. */
  readonly insecureAcceptExpiredCertificates: boolean;
  /** Accepts RSA-SHA1 signatures and SHA-1 digests. */
  readonly insecureAcceptSha1: boolean;
  /** Accepts AES-CBC that no signature covers. */
  readonly insecureAcceptCbcEncryption: boolean;
  /** Where its metadata is fetched from, or null. */
  readonly metadataUrl: string | null;
  /** What becomes of changes of the metadata there: they are applied, an admin is told of them, or nobody looks. */
  readonly metadataRefresh: "automatic" | "notify" | "off";
  /** PEM; who must have signed its metadata. None: nobody must. */
  readonly metadataCertificates: readonly string[];
}

export interface MetadataWatch {
  /** When it is to be read next; null while nobody wants that. */
  readonly dueAt: Instant | null;
  /** What was there when it was last accepted; null before. */
  readonly seen: PublishedProvider | null;
  /** When it was last read and believed. */
  readonly readAt: Instant | null;
  /** Until when that may be believed, if it says so. */
  readonly validUntil: Instant | null;
  /** Why it could not be read or followed since. */
  readonly failure: MetadataFailure | null;
  /** What it says and the connection does not yet: an admin wants to be asked. */
  readonly announced: IdentityProviderDifference | null;
}

/** What metadata says about an identity provider, to be compared with what it says later. */
export interface PublishedProvider {
  readonly entityId: string;
  readonly ssoUrl: string;
  readonly ssoBinding: "redirect" | "post";
  readonly wantAuthnRequestsSigned: boolean;
  readonly sloUrl: string | null;
  readonly sloResponseUrl: string | null;
  readonly sloBinding: "redirect" | "post" | null;
  /** Fingerprints. */
  readonly certificates: readonly string[];
}

export interface MetadataFailure {
  /** Of the SAML core. */
  readonly code: string;
  readonly message: string;
  readonly hint: string | null;
  /** The first of the attempts that failed in a row. */
  readonly since: Instant;
  readonly attempts: number;
}

/** What two descriptions of an identity provider differ in; empty lists when in nothing. */
export interface IdentityProviderDifference {
  /** Null where nothing is configured. */
  readonly fields: readonly {
    readonly field: "entityId" | "ssoUrl" | "ssoBinding" | "sloUrl";
    readonly from: string | null;
    readonly to: string | null;
  }[];
  /** By fingerprint. */
  readonly certificatesAdded: readonly string[];
  readonly certificatesRemoved: readonly string[];
}
