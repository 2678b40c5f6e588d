/**
 * What an admin should do about a connection before it stops to work, or before somebody gets in who should not.
 *
 * @module
 */
import { type CertificatePreview, previewCertificates } from "@muster/saml-sp";
import type { ConnectionWarning } from "../admin/views.ts";
import type {
  IdentityProviderConfig,
  IdentityProviderDifference,
  Instant,
  MetadataFailure,
  MetadataWatch,
} from "../ports/index.ts";
import type { EffectiveConnection } from "./effective-connection.ts";

/** @param now what is left of certificates is counted from it */
export function connectionWarnings(
  { settings, verifiedAt, metadata }: EffectiveConnection,
  now: Date,
): readonly ConnectionWarning[] {
  const { state, scimEnabled, idp } = settings;
  return [
    ...(state === "draft" ? [DRAFT] : []),
    ...(scimEnabled && verifiedAt === null ? [NOT_VERIFIED] : []),
    ...(metadata === null ? [] : metadataWarnings(metadata, now)),
    ...(idp === null ? [] : [...certificateWarnings(idp, now), ...trustWarnings(idp)]),
  ];
}

const DRAFT: ConnectionWarning = {
  code: "draft",
  message: "The connection is a draft: sign-ins are tests, and nothing is provisioned. Activate it when they succeed.",
};

/** R4: the host decides whether that is a reason to stop. */
const NOT_VERIFIED: ConnectionWarning = {
  code: "not_verified",
  message: "Nobody has signed in through the identity provider yet. Test the sign-in before people are provisioned.",
};

/** What is configured goes on to work, until the identity provider signs with something else. */
function metadataWarnings({ failure, validUntil, announced }: MetadataWatch, now: Date): readonly ConnectionWarning[] {
  return [
    ...(failure === null ? [] : [metadataFailed(failure)]),
    ...(validUntil === null || new Date(validUntil) > now ? [] : [metadataExpired(validUntil)]),
    ...(announced === null ? [] : [metadataChanged(announced)]),
  ];
}

function metadataFailed({ since, message, hint }: MetadataFailure): ConnectionWarning {
  const text = `The identity provider's metadata has not been followed since ${day(new Date(since))}. ${message}`;
  return { code: "metadata_failed", message: hint === null ? text : `${text} ${hint}` };
}

function metadataExpired(validUntil: Instant): ConnectionWarning {
  const message =
    `The identity provider's metadata was valid until ${day(new Date(validUntil))}, and no newer one could be read. ` +
    "Compare the certificates with those that it signs with.";
  return { code: "metadata_expired", message };
}

function metadataChanged({ certificatesAdded, certificatesRemoved }: IdentityProviderDifference): ConnectionWarning {
  const [added, removed] = [certificatesAdded.length, certificatesRemoved.length];
  const message =
    `The identity provider has changed its metadata (certificates added: ${added}, removed: ${removed}). ` +
    "Look at the preview of its address, and save it.";
  return { code: "metadata_changed", message };
}

const WARN_DAYS = 60;

/** R85. The certificate that lasts longest counts: the others are being replaced by it. */
function certificateWarnings(idp: IdentityProviderConfig, now: Date): readonly ConnectionWarning[] {
  const { certificates, insecureAcceptExpiredCertificates } = idp;
  if (insecureAcceptExpiredCertificates) return [];
  const [last] = previewCertificates(certificates, now).toSorted((left, right) => right.daysLeft - left.daysLeft);
  if (last === undefined || last.daysLeft >= WARN_DAYS) return [];
  return [last.notAfter <= now ? expired(last) : expiresSoon(last)];
}

function expired({ notAfter }: CertificatePreview): ConnectionWarning {
  const message = `The identity provider's certificate ended on ${day(notAfter)}. Add its new one: nobody can sign in.`;
  return { code: "certificate_expired", message };
}

function expiresSoon({ notAfter, daysLeft }: CertificatePreview): ConnectionWarning {
  const message =
    `The identity provider's certificate ends on ${day(notAfter)}, in ${daysLeft} days. ` +
    "Add the next one before that; both are valid until then.";
  return { code: "certificate_expires_soon", message };
}

function day(instant: Date): string {
  return instant.toISOString().slice(0, "2026-01-01".length);
}

function trustWarnings(idp: IdentityProviderConfig): readonly ConnectionWarning[] {
  return [
    ...(idp.insecureAcceptExpiredCertificates ? [EXPIRED_ACCEPTED] : []),
    ...(idp.insecureAcceptSha1 ? [SHA1_ACCEPTED] : []),
    ...(idp.insecureAcceptCbcEncryption ? [CBC_ACCEPTED] : []),
  ];
}

const EXPIRED_ACCEPTED: ConnectionWarning = {
  code: "expired_certificates_accepted",
  message:
    "Certificates are accepted past their end. Add the identity provider's new certificate, and switch this off.",
};

const CBC_ACCEPTED: ConnectionWarning = {
  code: "unsigned_cbc_accepted",
  message:
    "AES-CBC encryption is accepted without a signature around it, which can be undone bit by bit. " +
    "Choose AES-GCM at the identity provider, or let it sign the response.",
};

const SHA1_ACCEPTED: ConnectionWarning = {
  code: "sha1_accepted",
  message: "SHA-1 signatures are accepted, which can be forged. Choose SHA-256 at the identity provider.",
};
