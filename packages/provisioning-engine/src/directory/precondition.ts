/**
 * `If-Match` and `If-None-Match`, checked in the transaction that writes (RFC 9110 §13.1): nothing can change in between.
 *
 * @module
 */
import { meetsPrecondition, type Precondition, ScimError } from "@muster/scim-core";

/**
 * @param version of the resource as it is now
 * @throws {ScimError} `preconditionFailed`
 */
export function ensurePrecondition(precondition: Precondition | undefined, version: number): void {
  if (meetsPrecondition(precondition, String(version))) return;
  throw new ScimError(
    "preconditionFailed",
    "The resource changed since you read it. Read it again and repeat the change.",
  );
}
