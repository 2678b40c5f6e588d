/**
 * The document at the address that an admin gave, fetched before anything is locked in the store, and from where the
 * host allows it only.
 *
 * @module
 */
import { downloadMetadata, type FetchMetadata } from "@muster/saml-sp";
import type { IdentityProviderChange } from "../admin/admin.ts";
import { ProvisioningError } from "../errors.ts";
import type { LoadedChange } from "./identity-provider-change.ts";
import { asRequestError, invalidIdp } from "./unreadable-idp.ts";

/** From where metadata may be fetched. */
export interface MetadataOptions {
  /**
   * Hosts, each as it stands in the address.
   *
   * @example ["login.microsoftonline.com", "acme.okta.com"]
   */
  readonly allowedHosts: readonly string[];
  /** Your own way to the network, for example through a proxy; the global `fetch` when absent. */
  readonly fetch?: FetchMetadata | undefined;
}

/**
 * @param options undefined where the host allows no fetching
 * @throws {ProvisioningError} `metadata_fetch_off`; `invalid_request` when the address is not allowed or nothing usable
 *   is there
 */
export async function loadMetadata(
  options: MetadataOptions | undefined,
  change: IdentityProviderChange,
): Promise<LoadedChange> {
  const { metadata, metadataUrl } = change;
  if (metadataUrl === undefined || metadataUrl === null) return change;
  if (metadata !== undefined)
    throw invalidIdp("Expected either metadata or metadataUrl.", { hint: "Give one of the two." });
  if (options === undefined) throw fetchOff();
  try {
    const { fetch = globalThis.fetch, allowedHosts } = options;
    return { ...change, metadata: await downloadMetadata(metadataUrl, { fetch, allowedHosts }) };
  } catch (error) {
    throw asRequestError(error);
  }
}

function fetchOff(): ProvisioningError {
  return new ProvisioningError("metadata_fetch_off", "Metadata is not fetched by its address here.", {
    hint: "Upload it as idp.metadata, or give createProvisioning the option sso.metadata.",
  });
}
