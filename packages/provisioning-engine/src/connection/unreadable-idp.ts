/**
 * What the SAML core refuses to read is a mistake in the request of an admin, and is told as one.
 *
 * @module
 */
import { isSamlError } from "@muster/saml-sp";
import { ProvisioningError } from "../errors.ts";

/** @throws {ProvisioningError} `invalid_request` in the place of a `SamlError` */
export function readableIdp<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    throw asRequestError(error);
  }
}

/** A `SamlError` as `invalid_request`, anything else as it is. */
export function asRequestError(error: unknown): unknown {
  if (!isSamlError(error)) return error;
  const { message, hint, code } = error;
  return invalidIdp(message, { ...(hint === undefined ? {} : { hint }), facts: { reason: code }, cause: error });
}

export function invalidIdp(
  message: string,
  options: ConstructorParameters<typeof ProvisioningError>[2] = {},
): ProvisioningError {
  return new ProvisioningError("invalid_request", `idp: ${message}`, options);
}
