/**
 * The precondition of every sign-in (rule R0): somebody to trust.
 *
 * @module
 */
import { SamlError } from "../errors.ts";
import type { IdentityProviderSettings } from "../identity-provider.ts";
import type { SamlConnection } from "./handler.ts";

/** @throws {SamlError} `identity_provider_not_configured` */
export function configuredIdentityProvider({ identityProvider }: SamlConnection): IdentityProviderSettings {
  if (identityProvider !== undefined) return identityProvider;
  throw new SamlError(
    "identity_provider_not_configured",
    "Single sign-on is not set up yet. Ask your administrator to finish it.",
  );
}
