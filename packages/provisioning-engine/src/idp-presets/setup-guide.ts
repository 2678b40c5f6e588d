/**
 * Our values under the names that the screens of an identity provider have for them (R76, R77).
 *
 * @module
 */
import type { SamlEndpoints } from "../connection/endpoints.ts";
import type { IdpKind } from "../ports/index.ts";
import { idpPreset } from "./index.ts";
import type { IdentityProviderPreset, ServiceProviderValue } from "./preset.ts";

export interface SetupStep {
  /** Ours, as the product calls it. */
  readonly value: ServiceProviderValue;
  /** Theirs. */
  readonly label: string;
  /** What to copy. */
  readonly text: string;
}

/** What an admin does over there. */
export interface SetupGuide extends Omit<IdentityProviderPreset, "labels" | "listed"> {
  readonly copy: readonly SetupStep[];
}

const VALUES = ["acsUrl", "entityId", "signInUrl", "metadataUrl"] as const;

export function setupGuide(kind: IdpKind, endpoints: SamlEndpoints): SetupGuide {
  const { labels, listed: _, ...preset } = idpPreset(kind);
  const copy = VALUES.flatMap((value) => {
    const label = labels[value];
    return label === undefined ? [] : [{ value, label, text: endpoints[value] }];
  });
  return { ...preset, copy };
}
