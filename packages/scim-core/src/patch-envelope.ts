/**
 * The JSON around the operations of a PATCH (RFC 7644 §3.5.2).
 *
 * @module
 */
import { describeValue } from "./describe.ts";
import { ScimError } from "./errors.ts";
import type { RawOperation } from "./patch-dialects.ts";
import { foldName } from "./schema-index.ts";
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
  if (!isObject(body)) throw syntax(`The body must be an object; got ${describeValue(body)}.`);
  const schemas = member(body, "schemas");
  if (!Array.isArray(schemas) || !schemas.some((urn) => typeof urn === "string" && sameUrn(urn, PATCH_OP_URN))) {
    throw syntax(`schemas must contain "${PATCH_OP_URN}".`);
  }
  const operations = member(body, "Operations");
  if (!Array.isArray(operations)) throw syntax("Operations must be an array.");
  return operations.map(readOperation);
}

function readOperation(operation: unknown, at: number): RawOperation {
  const place = `Operation ${at + 1}`;
  if (!isObject(operation)) throw syntax(`${place} must be an object; got ${describeValue(operation)}.`);
  const op = member(operation, "op");
  const path = member(operation, "path") ?? undefined;
  if (typeof op !== "string" || !OPERATION_NAMES.has(op.toLowerCase())) {
    throw syntax(`${place} needs an op of add, replace or remove; got ${describeValue(op)}.`);
  }
  if (path !== undefined && typeof path !== "string")
    throw new ScimError("invalidPath", `${place} has a path that is no text.`);
  return { op, path: path === "" ? undefined : path, value: member(operation, "value"), lenient: false };
}

/** A member by its name in any case: `operations` and `Op` are seen too. */
function member(object: Readonly<Record<string, unknown>>, name: string): unknown {
  if (Object.hasOwn(object, name)) return object[name];
  return Object.entries(object).find(([key]) => foldName(key) === foldName(name))?.[1];
}

function sameUrn(a: string, b: string): boolean {
  return foldName(a) === foldName(b);
}

function syntax(detail: string): ScimError {
  return new ScimError("invalidSyntax", detail);
}
