/**
 * Whom a connection believes, and what it decrypts with: everything from its settings, nothing from a message.
 *
 * @module
 */
import { decryptionKeys } from "./decryption-keys.ts";
import type { IdentityProviderSettings } from "./identity-provider.ts";
import { createKeyCache, type KeyCache } from "./key-cache.ts";
import type { Verification } from "./response-signatures.ts";
import type { ServiceProviderSettings } from "./service-provider.ts";
import { signingKeys } from "./signing-keys.ts";

/** The two parties at a moment. */
interface Parties {
  readonly serviceProvider: ServiceProviderSettings;
  readonly identityProvider: IdentityProviderSettings;
  readonly now: Date;
  readonly keyCache?: KeyCache | undefined;
}

/**
 * @throws {SamlError} `certificate_missing`, `certificate_too_many`, or as `readCertificates`
 */
export function verificationOf(parties: Parties): Verification {
  const { identityProvider, serviceProvider, now, keyCache = createKeyCache() } = parties;
  return {
    policy: identityProvider.signaturePolicy ?? "either",
    keys: signingKeys(identityProvider.certificates, keyCache),
    now,
    acceptSha1: identityProvider.insecureAcceptSha1 ?? false,
    acceptExpiredCertificates: identityProvider.insecureAcceptExpiredCertificates ?? false,
    decryption: {
      keys: () => decryptionKeys(serviceProvider.decryptionKeys, keyCache),
      acceptUnsignedCbc: identityProvider.insecureAcceptCbcEncryption ?? false,
    },
  };
}
