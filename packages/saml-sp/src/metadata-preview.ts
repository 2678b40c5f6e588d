/**
 * What an admin sees before saving: what the new settings say, and in what they differ from those in force. Decides
 * nothing.
 *
 * @module
 */
import { type Certificate, readCertificates } from "./certificate.ts";
import type { IdentityProviderSettings } from "./identity-provider.ts";
import type { IdentityProviderMetadata } from "./metadata-reader.ts";

/** A certificate by what tells it from others. */
export interface CertificatePreview extends Omit<Certificate, "pem"> {
  /** Whole days until it ends; negative when it has ended. */
  readonly daysLeft: number;
}

export interface IdentityProviderPreview
  extends Pick<IdentityProviderSettings, "entityId" | "ssoUrl" | "ssoBinding">,
    Partial<Pick<IdentityProviderMetadata, "bindings" | "nameIdFormats" | "validUntil">> {
  readonly certificates: readonly CertificatePreview[];
  readonly difference: IdentityProviderDifference;
}

/** Empty lists when nothing would change. */
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

type Described = Pick<IdentityProviderSettings, "entityId" | "ssoUrl" | "ssoBinding" | "sloUrl" | "certificates">;

/**
 * What an admin should see before new settings are saved.
 *
 * @param current what is configured; undefined at the first time
 * @param incoming metadata as it was read, or settings as they were typed
 * @param now days are counted from it
 * @throws {SamlError} as `readCertificates`
 * @example
 * const incoming = readIdentityProviderMetadata(xml, { now });
 * const { certificates, difference } = previewIdentityProvider(settings, incoming, now);
 */
export function previewIdentityProvider(
  current: Described | undefined,
  incoming: Described & Partial<Pick<IdentityProviderMetadata, "bindings" | "nameIdFormats" | "validUntil">>,
  now: Date,
): IdentityProviderPreview {
  const { entityId, ssoUrl, ssoBinding, bindings, nameIdFormats, validUntil } = incoming;
  return {
    entityId,
    ssoUrl,
    ssoBinding,
    ...(bindings && { bindings }),
    ...(nameIdFormats && { nameIdFormats }),
    ...(validUntil && { validUntil }),
    certificates: previewCertificates(incoming.certificates, now),
    difference: differenceOf(current, incoming),
  };
}

/**
 * Certificates by what tells them apart, and how long they are still good.
 *
 * @param certificates PEM
 * @param now days are counted from it
 * @throws {SamlError} as `readCertificates`
 * @example
 * for (const { subject, daysLeft } of previewCertificates(settings.certificates, new Date())) console.log(subject, daysLeft);
 */
export function previewCertificates(certificates: readonly string[], now: Date): readonly CertificatePreview[] {
  return certificates
    .flatMap((pem) => readCertificates(pem))
    .map((certificate) => previewCertificate(certificate, now));
}

const DAY_MS = 86_400_000;

function previewCertificate({ pem: _, ...certificate }: Certificate, now: Date): CertificatePreview {
  return { ...certificate, daysLeft: Math.floor((certificate.notAfter.getTime() - now.getTime()) / DAY_MS) };
}

const FIELDS = ["entityId", "ssoUrl", "ssoBinding", "sloUrl"] as const;

function differenceOf(current: Described | undefined, incoming: Described): IdentityProviderDifference {
  const before = fingerprints(current?.certificates ?? []);
  const after = fingerprints(incoming.certificates);
  return {
    fields: FIELDS.map((field) => ({ field, from: current?.[field] ?? null, to: incoming[field] ?? null })).filter(
      ({ from, to }) => from !== to,
    ),
    certificatesAdded: after.filter((fingerprint) => !before.includes(fingerprint)),
    certificatesRemoved: before.filter((fingerprint) => !after.includes(fingerprint)),
  };
}

function fingerprints(certificates: readonly string[]): readonly string[] {
  return certificates.flatMap((pem) => readCertificates(pem)).map(({ fingerprint }) => fingerprint);
}
