/**
 * What an admin says about an authorization server, as a setting: complete, and only what can work.
 *
 * @module
 */
import type { ScimJwtChange } from "../admin/admin.ts";
import { ProvisioningError } from "../errors.ts";
import type { ScimJwt } from "../ports/index.ts";
import { canVerify, JWT_ALGORITHMS } from "../token/public-keys.ts";

/**
 * @param allowsKeysFrom whether the host lets keys be fetched from an address
 * @throws {ProvisioningError} `invalid_request`
 */
export function changeScimJwt(change: ScimJwtChange, allowsKeysFrom: (address: string) => boolean): ScimJwt {
  const { issuer, audience, subject = null, algorithms = JWT_ALGORITHMS } = change;
  return { issuer, audience, subject, algorithms: [...new Set(algorithms)], ...keySource(change, allowsKeysFrom) };
}

type KeySource = Pick<ScimJwtChange, "jwks" | "jwksUri">;

function keySource({ jwks, jwksUri }: KeySource, allowsKeysFrom: (address: string) => boolean) {
  if (jwks !== undefined && jwksUri === undefined) {
    if (jwks.keys.every(canVerify)) return { jwks };
    throw invalid(
      "jwks: There is a key that cannot verify a token here.",
      "Usable are RSA keys of 2048 to 8192 bits, P-256 and Ed25519, made for signatures.",
    );
  }
  if (jwksUri !== undefined && jwks === undefined) {
    if (allowsKeysFrom(jwksUri)) return { jwksUri };
    throw invalid(
      "jwksUri: Keys are not fetched from there.",
      "It must begin with https://, and its host must be in the option scim.jwks.hosts of createProvisioning. " +
        "Or give the keys themselves as jwks.",
    );
  }
  throw invalid("Expected either jwks or jwksUri.", "Give one of the two.");
}

function invalid(message: string, hint: string): ProvisioningError {
  return new ProvisioningError("invalid_request", `scimJwt: ${message}`, { hint });
}
