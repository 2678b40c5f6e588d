/**
 * Bulk requests and their answers (RFC 7644 §3.7). Nothing is done here: `bulk-plan` decides the order, and each
 * operation is carried out as the request that it stands for.
 *
 * @module
 */
import { referencesIn } from "./bulk-references.ts";
import { describeText, describeValue } from "./describe.ts";
import { ScimError } from "./errors.ts";
import { type Message, memberOf, openMessage } from "./message.ts";
import { parseAddress, type ResourceAddress } from "./resource-address.ts";
import type { ResourceType } from "./schema.ts";
import { BULK_REQUEST_URN } from "./urn.ts";
import { isObject } from "./value-dialects.ts";

export interface BulkRequest {
  /** So many failures end the request; infinite when the client sets no number. */
  readonly failOnErrors: number;
  readonly operations: readonly BulkOperation[];
}

export interface BulkOperation {
  /** As the client wrote it, to be said back. */
  readonly method: string;
  readonly bulkId: string | undefined;
  /** Undefined when the path leads nowhere. Its id may be a reference. */
  readonly address: ResourceAddress | undefined;
  /** What to do, or why that cannot be done. */
  readonly work: BulkCreation | BulkChange | ScimError;
}

interface BulkWork {
  readonly type: ResourceType;
  /** The body that the single request would have; empty for DELETE. */
  readonly data: Message;
  /** The bulkIds that the data and the path refer to. */
  readonly references: ReadonlySet<string>;
}

export interface BulkCreation extends BulkWork {
  readonly method: "POST";
  readonly bulkId: string;
}

export interface BulkChange extends BulkWork {
  readonly method: "PUT" | "PATCH" | "DELETE";
  readonly id: string;
  /** Stands for `If-Match`. */
  readonly version: string | undefined;
}

/**
 * Reads a bulk request. What is wrong with one operation is kept with it, since the others are carried out all the same.
 *
 * @param body parsed JSON
 * @throws ScimError `invalidSyntax` for what is no bulk request, and for a bulkId that stands twice; `invalidValue` for a
 *   wrong `failOnErrors`; `payloadTooLarge` for too many operations
 */
export function parseBulk(body: unknown, types: readonly ResourceType[], maxOperations: number): BulkRequest {
  const message = openMessage(body, BULK_REQUEST_URN);
  const operations = memberOf(message, "Operations");
  if (!Array.isArray(operations)) throw new ScimError("invalidSyntax", "Operations must be an array.");
  if (operations.length > maxOperations) throw tooMany(operations.length, maxOperations);
  const failOnErrors = readFailOnErrors(memberOf(message, "failOnErrors"));
  const read = operations.map((operation, at) => readOperation(operation, at, types));
  refuseRepeatedIds(read);
  return { failOnErrors, operations: read };
}

function readOperation(operation: unknown, at: number, types: readonly ResourceType[]): BulkOperation {
  const place = `Operation ${at + 1}`;
  if (!isObject(operation)) {
    throw new ScimError("invalidSyntax", `${place} must be an object; got ${describeValue(operation)}.`);
  }
  const method = readText(operation, "method", place);
  const bulkId = readText(operation, "bulkId", place);
  const path = readText(operation, "path", place);
  const version = readText(operation, "version", place);
  if (method === undefined) throw new ScimError("invalidSyntax", `${place} needs a method.`);
  const address = path === undefined ? undefined : parseAddress(path, types);
  const members = { bulkId, path, version, data: memberOf(operation, "data") };
  return { method, bulkId, address, work: readWork(method, address, members) };
}

interface OperationMembers {
  readonly bulkId: string | undefined;
  readonly path: string | undefined;
  readonly version: string | undefined;
  readonly data: unknown;
}

function readWork(
  method: string,
  address: ResourceAddress | undefined,
  members: OperationMembers,
): BulkOperation["work"] {
  const { path } = members;
  if (!isMethod(method)) return wrong(`The method must be POST, PUT, PATCH or DELETE; got ${describeText(method)}.`);
  if (path === undefined) return wrong("An operation needs a path such as /Users or /Users/{id}.");
  if (address === undefined) return new ScimError("notFound", `There is nothing at the path ${describeText(path)}.`);
  return method === "POST" ? readCreation(address, members) : readChange(method, address, members);
}

function readCreation({ type, id }: ResourceAddress, { bulkId, data }: OperationMembers): BulkCreation | ScimError {
  if (id !== undefined) return wrong(`The path of a POST is a collection: ${type.endpoint}.`);
  if (bulkId === undefined) return wrong("A POST needs a bulkId, which stands for the new resource in the answer.");
  if (!isObject(data)) return withoutData("POST", data);
  return { method: "POST", type, bulkId, data, references: referencesIn(data) };
}

function readChange(
  method: BulkChange["method"],
  { type, id }: ResourceAddress,
  { version, data }: OperationMembers,
): BulkChange | ScimError {
  if (id === undefined) return wrong(`The path of a ${method} is one resource: ${type.endpoint}/{id}.`);
  if (method === "DELETE") return { method, type, id, version, data: {}, references: referencesIn(id) };
  if (!isObject(data)) return withoutData(method, data);
  return { method, type, id, version, data, references: referencesIn([id, data]) };
}

function isMethod(method: string): method is "POST" | BulkChange["method"] {
  return method === "POST" || method === "PUT" || method === "PATCH" || method === "DELETE";
}

/** A member that is text. An empty one says nothing. */
function readText(operation: Message, name: string, place: string): string | undefined {
  const value = memberOf(operation, name) ?? undefined;
  if (value === undefined || value === "") return undefined;
  if (typeof value === "string") return value;
  throw new ScimError("invalidSyntax", `${place} needs a text as ${name}; got ${describeValue(value)}.`);
}

function readFailOnErrors(value: unknown): number {
  if (value === undefined || value === null) return Number.POSITIVE_INFINITY;
  if (typeof value === "number" && Number.isInteger(value) && value > 0) return value;
  throw new ScimError("invalidValue", `failOnErrors must be a whole number from 1 on; got ${describeValue(value)}.`);
}

/** With two of a name nobody could say which one a reference means. */
function refuseRepeatedIds(operations: readonly BulkOperation[]): void {
  const seen = new Set<string>();
  for (const { bulkId } of operations) {
    if (bulkId === undefined) continue;
    if (seen.has(bulkId)) throw new ScimError("invalidSyntax", `The bulkId ${describeText(bulkId)} stands twice.`);
    seen.add(bulkId);
  }
}

function wrong(detail: string): ScimError {
  return new ScimError("invalidValue", detail);
}

function withoutData(method: string, data: unknown): ScimError {
  return wrong(`The data of a ${method} must be an object; got ${describeValue(data)}.`);
}

/** RFC 7644 §3.7.4: the answer names the limit. */
function tooMany(count: number, maxOperations: number): ScimError {
  return new ScimError(
    "payloadTooLarge",
    `The request has ${count} operations, which exceeds maxOperations (${maxOperations}). Send it in parts.`,
  );
}
