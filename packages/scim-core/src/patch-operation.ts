/**
 * From the JSON of a PATCH to operations on resolved paths: the envelope, the dialects, then what each path means.
 *
 * @module
 */
import { describeText, describeValue, shorten } from "./describe.ts";
import { ScimError } from "./errors.ts";
import type { Filter } from "./filter-tree.ts";
import { type RawOperation, rewriteOperation } from "./patch-dialects.ts";
import { namesAttribute, parsePatchPath } from "./patch-path.ts";
import { type AttributePath, formatPath, resolveUrn, splitUrn } from "./path.ts";
import type { ResourceType } from "./schema.ts";
import { foldName, indexOf, type Scope } from "./schema-index.ts";
import { PATCH_OP_URN, type Urn } from "./urn.ts";
import { isObject } from "./value-dialects.ts";

/** What is done at a path; `subtract` takes away the listed values of a multi-valued attribute. */
export type OperationName = "add" | "replace" | "remove" | "subtract";

/** An operation on an attribute. `value` is still as the client wrote it. */
export interface AttributeOperation {
  readonly op: OperationName;
  readonly path: AttributePath;
  readonly filter: Filter | undefined;
  readonly value: unknown;
}

/** The removal of everything in an extension. */
export interface ExtensionRemoval {
  readonly op: "removeExtension";
  readonly extension: Urn;
}

export type Operation = AttributeOperation | ExtensionRemoval;

export interface Operations {
  readonly operations: readonly Operation[];
  /** Names that a registered extension lacks, as `urn:…:name`. */
  readonly unknown: readonly string[];
}

/**
 * @param maxOperations bounds the operations, also after path-less values were taken apart
 * @throws ScimError `invalidSyntax`, `payloadTooLarge`, `noTarget`, `invalidPath`, `mutability`, `invalidValue`
 */
export function readOperations(body: unknown, type: ResourceType, maxOperations: number): Operations {
  const sent = readEnvelope(body);
  checkCount(sent.length, maxOperations);
  const meant = sent.flatMap((operation) => rewriteOperation(operation, type));
  checkCount(meant.length, maxOperations);
  const known = meant.filter((operation) => !isIgnored(operation, type));
  return {
    operations: known.flatMap((operation) => resolveOperation(operation, type)),
    unknown: meant.filter((operation) => isIgnored(operation, type)).flatMap((operation) => lookAlike(operation, type)),
  };
}

const OPERATION_NAMES: ReadonlySet<string> = new Set<OperationName>(["add", "replace", "remove"]);

/** RFC 7644 §3.5.2. An empty list is a request for nothing (J37). */
function readEnvelope(body: unknown): readonly RawOperation[] {
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

function resolveOperation(operation: RawOperation, type: ResourceType): readonly Operation[] {
  const { op, path: text, value, lenient } = operation;
  if (!isOperationName(op)) throw syntax(`op must be add, replace or remove; got ${describeText(op)}.`);
  const removes = op === "remove" || op === "subtract";
  if (text === undefined) throw removes ? withoutTarget() : withoutAttributes(value);
  if (!removes && value === undefined)
    throw new ScimError("invalidValue", `${op} of ${describeText(text)} needs a value.`);
  const scope = resolveUrn(text, type);
  if (scope !== undefined) return [resolveSchema(scope, removes ? null : value)];
  const { path, filter } = parsePatchPath(text, type);
  const readOnly = [path.attribute, path.subAttribute].some((part) => part?.mutability === "readOnly");
  if (!readOnly) return [{ op, path, filter, value }];
  if (lenient) return [];
  throw new ScimError("mutability", `${formatPath(path)} is read-only. Leave it out.`);
}

/** A URN alone: its object was taken apart by a dialect, so that what is left here unassigns the extension, or is wrong. */
function resolveSchema({ extension, schema, required }: Scope, value: unknown): ExtensionRemoval {
  if (extension === undefined) throw new ScimError("invalidPath", `${schema.id} cannot be removed. Name an attribute.`);
  if (value !== null) {
    throw new ScimError("invalidValue", `${extension} must be an object; got ${describeValue(value)}.`);
  }
  if (required) throw new ScimError("mutability", `The extension ${extension} is required and cannot be removed.`);
  return { op: "removeExtension", extension };
}

function withoutTarget(): ScimError {
  return new ScimError("noTarget", "remove needs a path that says what to remove.");
}

function withoutAttributes(value: unknown): ScimError {
  return new ScimError("invalidValue", `Without a path the value must be an object; got ${describeValue(value)}.`);
}

/** Whoever sends a whole object also sends what only others understand. */
function isIgnored({ lenient, path }: RawOperation, type: ResourceType): boolean {
  return lenient && path !== undefined && resolveUrn(path, type) === undefined && !namesAttribute(path, type);
}

function lookAlike({ path = "" }: RawOperation, type: ResourceType): readonly string[] {
  const { scope, rest } = splitUrn(path, indexOf(type));
  return scope?.extension === undefined ? [] : [`${scope.extension}:${shorten(rest)}`];
}

function checkCount(count: number, max: number): void {
  if (count > max) {
    throw new ScimError("payloadTooLarge", `The request has ${count} operations. ${max} are accepted at a time.`);
  }
}

/** A member by its name in any case: `operations` and `Op` are seen too. */
function member(object: Readonly<Record<string, unknown>>, name: string): unknown {
  if (Object.hasOwn(object, name)) return object[name];
  return Object.entries(object).find(([key]) => foldName(key) === foldName(name))?.[1];
}

function isOperationName(op: string): op is OperationName {
  return op === "subtract" || OPERATION_NAMES.has(op);
}

function sameUrn(a: string, b: string): boolean {
  return foldName(a) === foldName(b);
}

function syntax(detail: string): ScimError {
  return new ScimError("invalidSyntax", detail);
}
