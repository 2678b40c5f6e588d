/**
 * The JSON around the operations of a PATCH (RFC 7644 §3.5.2).
 *
 * @module
 */
import { describeValue } from "./describe.ts";
import { ScimError } from "./errors.ts";
import { memberOf, openMessage } from "./message.ts";
import type { RawOperation } from "./patch-dialects.ts";
import { PATCH_OP_URN } from "./urn.ts";
import { isObject } from "./value-dialects.ts";

/** RFC 7644 §3.5.2. */
const OPERATION_NAMES: ReadonlySet<string> = new Set(["add", "replace", "remove"]);

/**
 * The operations as they were sent. An empty list is a request for nothing (J37).
 *
 * @throws ScimError `invalidSyntax`, `invalidPath` for a path that is no text
 */
export function readEnvelope(body: unknown): readonly RawOperation[] {
  const operations = memberOf(openMessage(body, PATCH_OP_URN), "Operations");
  if (!Array.isArray(operations)) throw syntax("Operations must be an array.");
  return operations.map(readOperation);
}

function readOperation(operation: unknown, at: number): RawOperation {
  const place = `Operation ${at + 1}`;
  if (!isObject(operation)) throw syntax(`${place} must be an object; got ${describeValue(operation)}.`);
  const op = memberOf(operation, "op");
  const path = memberOf(operation, "path") ?? undefined;
  if (typeof op !== "string" || !OPERATION_NAMES.has(op.toLowerCase())) {
    throw syntax(`${place} needs an op of add, replace or remove; got ${describeValue(op)}.`);
  }
  if (path !== undefined && typeof path !== "string")
    throw new ScimError("invalidPath", `${place} has a path that is no text.`);
  return { op, path: path === "" ? undefined : path, value: memberOf(operation, "value"), lenient: false };
}

function syntax(detail: string): ScimError {
  return new ScimError("invalidSyntax", detail);
}
