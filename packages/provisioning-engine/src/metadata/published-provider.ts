/**
 * What metadata says now, compared with what it said before: what has changed there changes here, and what an admin
 * typed over it stays. Pure.
 *
 * @module
 */
import { type IdentityProviderMetadata, readCertificates } from "@muster/saml-sp";
import { fingerprints } from "../connection/certificates.ts";
import type { IdentityProviderConfig, PublishedProvider } from "../ports/index.ts";

type Configured = Pick<IdentityProviderConfig, keyof PublishedProvider>;

/** @param provider metadata as it was read, or what is configured */
export function publishedProvider(provider: Configured): PublishedProvider {
  const { entityId, ssoUrl, ssoBinding, wantAuthnRequestsSigned = false, certificates } = provider;
  const { sloUrl = null, sloResponseUrl = null, sloBinding = null } = provider;
  const logout = { sloUrl, sloResponseUrl, sloBinding };
  return { entityId, ssoUrl, ssoBinding, wantAuthnRequestsSigned, ...logout, certificates: fingerprints(certificates) };
}

/** An address and the way to it change together. */
const TOGETHER = [
  ["ssoUrl", "ssoBinding"],
  ["sloUrl", "sloResponseUrl", "sloBinding"],
  ["wantAuthnRequestsSigned"],
] as const;

/**
 * @param seen what the metadata said when it was last accepted; null when that is what is configured
 * @returns what would be configured; perhaps without certificates
 */
export function followMetadata(
  config: IdentityProviderConfig,
  seen: PublishedProvider | null,
  metadata: IdentityProviderMetadata,
): IdentityProviderConfig {
  const before = seen ?? publishedProvider(config);
  const now = publishedProvider(metadata);
  const changed = TOGETHER.filter((fields) => fields.some((field) => before[field] !== now[field])).flat();
  const values = Object.fromEntries(changed.map((field) => [field, metadata[field]]));
  return { ...config, ...values, certificates: followCertificates(config.certificates, before, metadata) };
}

/** A certificate that is withdrawn there is not believed here, whoever added it. */
function followCertificates(
  configured: readonly string[],
  before: PublishedProvider,
  { certificates }: IdentityProviderMetadata,
): readonly string[] {
  const published = fingerprints(certificates);
  const withdrawn = before.certificates.filter((fingerprint) => !published.includes(fingerprint));
  const kept = configured.filter((pem) => !withdrawn.includes(fingerprintOf(pem)));
  const known = [...before.certificates, ...fingerprints(kept)];
  return [...kept, ...certificates.filter((pem) => !known.includes(fingerprintOf(pem)))];
}

function fingerprintOf(pem: string): string {
  return readCertificates(pem)[0]?.fingerprint ?? "";
}
