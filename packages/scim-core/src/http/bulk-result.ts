/**
 * What the answer says of one operation of a bulk request (RFC 7644 §3.7.3).
 *
 * @module
 */
import type { BulkOperation } from "../bulk.ts";
import type { Creators } from "../bulk-plan.ts";
import { referenceIn } from "../bulk-references.ts";
import { etagOf } from "../etag.ts";
import { locationOf } from "../representation.ts";
import { type ErrorBody, errorBody, publicError } from "./answer-error.ts";
import type { Exchange } from "./exchange.ts";
import type { Change } from "./resource-changes.ts";

/** A bulk request on its way. */
export interface BulkRun {
  readonly exchange: Exchange;
  readonly creators: Creators;
  /** The ids of what was created so far, by bulkId. */
  readonly ids: Map<string, string>;
}

/** The body of a success is left out: it can be read at the location. */
export interface BulkResult {
  readonly method: string;
  readonly bulkId?: string;
  readonly location?: string;
  readonly version?: string;
  readonly status: string;
  readonly response?: ErrorBody;
}

/** @param status of the change, unless the operation came to something else as a whole */
export function successOf(
  operation: BulkOperation,
  { resource, status }: Pick<Change, "resource" | "status">,
  run: BulkRun,
): BulkResult {
  const version = resource === undefined ? {} : { version: etagOf(resource.version) };
  return { ...identify(operation, run), ...version, status: String(status) };
}

export function failureOf(operation: BulkOperation, error: unknown, run: BulkRun): BulkResult {
  const { report, context } = run.exchange;
  const response = errorBody(publicError(error, report), context.requestId);
  return { ...identify(operation, run), status: response.status, response };
}

function identify(operation: BulkOperation, run: BulkRun): Pick<BulkResult, "method" | "bulkId" | "location"> {
  const { method, bulkId, address } = operation;
  const id = idOf(operation, run);
  const known = address !== undefined && id !== undefined;
  return {
    method,
    ...(bulkId === undefined ? {} : { bulkId }),
    ...(known ? { location: locationOf({ id }, address.type, run.exchange.domain.baseUrl) } : {}),
  };
}

/** Undefined for what was not created, and while a reference in the path stands for nothing. */
function idOf({ method, bulkId, address }: BulkOperation, { ids }: BulkRun): string | undefined {
  if (method === "POST") return bulkId === undefined ? undefined : ids.get(bulkId);
  const reference = referenceIn(address?.id ?? "");
  return reference === undefined ? address?.id : ids.get(reference);
}
