/**
 * From the JSON of a PATCH to operations on resolved paths: envelope, dialects, paths.
 *
 * @module
 */
import { describeText, describeValue, shorten } from "./describe.ts";
import { ScimError } from "./errors.ts";
import type { Filter } from "./filter-tree.ts";
import { type RawOperation, rewriteOperation } from "./patch-dialects.ts";
import { readEnvelope } from "./patch-envelope.ts";
import { namesAttribute, parsePatchPath } from "./patch-path.ts";
import { type AttributePath, formatPath, resolveUrn, splitUrn } from "./path.ts";
import { isMadeReference } from "./reference.ts";
import type { ResourceType } from "./schema.ts";
import { indexOf, type Scope } from "./schema-index.ts";
import type { Urn } from "./urn.ts";

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
  const ignored = new Set(meant.filter((operation) => isIgnored(operation, type)));
  const known = meant.filter((operation) => !ignored.has(operation));
  const operations = known.flatMap((operation) => resolveOperation(operation, type));
  checkComparisons(operations, maxOperations);
  return { operations, unknown: [...ignored].flatMap((operation) => lookAlike(operation, type)).slice(0, MAX_UNKNOWN) };
}

const OPERATION_NAMES: ReadonlySet<string> = new Set<OperationName>(["add", "replace", "remove", "subtract"]);

/** Enough to see what is wrong; the rest would only fill a log. */
const MAX_UNKNOWN = 20;

function resolveOperation(operation: RawOperation, type: ResourceType): readonly Operation[] {
  const { op, path: text, value, lenient } = operation;
  if (!isOperationName(op)) throw new ScimError("invalidSyntax", `${describeText(op)} is no op of PATCH.`);
  const removes = op === "remove" || op === "subtract";
  if (text === undefined) throw removes ? withoutTarget() : withoutAttributes(value);
  if (!removes && value === undefined)
    throw new ScimError("invalidValue", `${op} of ${describeText(text)} needs a value.`);
  const scope = resolveUrn(text, type);
  if (scope !== undefined) return [resolveSchema(scope, removes ? null : value)];
  const { path, filter } = parsePatchPath(text, type);
  const readOnly = [path.attribute, path.subAttribute].some((part) => part?.mutability === "readOnly");
  const made = path.subAttribute !== undefined && isMadeReference(path.subAttribute);
  if (!readOnly) return made ? [] : [{ op, path, filter, value }];
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

/** Each comparison of a value filter looks at each value of the attribute. Two for each operation are plenty. */
function checkComparisons(operations: readonly Operation[], maxOperations: number): void {
  const filters = operations.flatMap((operation) => ("filter" in operation ? (operation.filter ?? []) : []));
  const comparisons = filters.reduce((sum, filter) => sum + countComparisons(filter), 0);
  if (comparisons > 2 * maxOperations) {
    throw new ScimError(
      "payloadTooLarge",
      `The paths have ${comparisons} comparisons. Send fewer operations at a time.`,
    );
  }
}

function countComparisons(filter: Filter): number {
  if (filter.kind === "and" || filter.kind === "or") {
    return filter.operands.reduce((sum, operand) => sum + countComparisons(operand), 0);
  }
  return filter.kind === "not" ? countComparisons(filter.operand) : 1;
}

function isOperationName(op: string): op is OperationName {
  return OPERATION_NAMES.has(op);
}
