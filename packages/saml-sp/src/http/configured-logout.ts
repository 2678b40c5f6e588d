/**
 * The precondition of every logout: a host that ends sessions.
 *
 * @module
 */
import { logoutNotConfigured } from "../logout-checks.ts";
import type { SamlConnection, SamlLogout } from "./handler.ts";

/** @throws {SamlError} `logout_not_configured` */
export function configuredLogout({ logout }: SamlConnection): SamlLogout {
  if (logout !== undefined) return logout;
  throw logoutNotConfigured("Single logout is not set up here.");
}
