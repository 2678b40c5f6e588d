/**
 * The keys of a service, checked before anybody needs them.
 *
 * @module
 */
import { decryptionKeys } from "./decryption-keys.ts";
import { createKeyCache } from "./key-cache.ts";
import type { ServiceProviderSettings } from "./service-provider.ts";

/**
 * Finds at the start of a host what would otherwise refuse the first encrypted response.
 *
 * @param settings the key pairs of a service provider, as far as it has any
 * @throws {SamlError} `key_pair_invalid`
 * @example
 * checkServiceProviderKeys({ decryptionKeys: [{ privateKey, certificate }] });
 */
export function checkServiceProviderKeys(
  settings: Pick<ServiceProviderSettings, "signingKeys" | "decryptionKeys">,
): void {
  const cache = createKeyCache();
  settings.signingKeys?.forEach(cache.privateKey);
  if (settings.decryptionKeys !== undefined && settings.decryptionKeys.length > 0) {
    decryptionKeys(settings.decryptionKeys, cache);
  }
}
