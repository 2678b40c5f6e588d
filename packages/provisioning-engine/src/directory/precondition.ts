/**
 * `If-Match`, checked in the transaction that writes (RFC 9110 §13.1.1): nothing can change in between.
 *
 * @module
 */
import { type Precondition, ScimError } from "@muster/scim-core";

/**
 * @param version of the resource as it is now
 * @throws {ScimError} `preconditionFailed`
 */
export function ensurePrecondition(precondition: Precondition | undefined, version: number): void {
  if (precondition === undefined || precondition.ifMatch === "*") return;
  if (precondition.ifMatch.includes(String(version))) return;
  throw new ScimError(
    "preconditionFailed",
    "The resource changed since you read it. Read it again and repeat the change.",
  );
}
