/**
 * One operation of a bulk request, carried out as the single request that it stands for, with references replaced by
 * the ids of what was created before it.
 *
 * @module
 */
import type { BulkChange, BulkCreation } from "../bulk.ts";
import type { BulkStep } from "../bulk-plan.ts";
import { referenceIn, replaceReferences, type SplitData, splitData } from "../bulk-references.ts";
import { describeText } from "../describe.ts";
import { isScimError, ScimError } from "../errors.ts";
import { parseResource } from "../resource.ts";
import { PATCH_OP_URN } from "../urn.ts";
import { type BulkResult, type BulkRun, failureOf, successOf } from "./bulk-result.ts";
import type { Exchange } from "./exchange.ts";
import {
  type Change,
  createResource,
  deleteResource,
  patchResource,
  readCreation,
  replaceResource,
} from "./resource-changes.ts";

/** @throws {ScimError} as the single request would, and `conflict` or `invalidValue` for a reference to nothing */
export async function carryOut({ kind, operation, deferred }: BulkStep, run: BulkRun): Promise<BulkResult> {
  const { work } = operation;
  if (isScimError(work)) throw work;
  if (work.method !== "POST") return successOf(operation, await change(work, run), run);
  if (deferred.size === 0) return successOf(operation, await create(work, work.data, run), run);
  const parts = splitData(work.data, work.type, deferred);
  if (kind === "complete") return successOf(operation, await complete(work, parts, run), run);
  for (const bulkId of work.references) if (!deferred.has(bulkId)) idOf(bulkId, run);
  await requireSplittable(work, parts, run);
  await create(work, parts.now, run);
  // This stands if the request ends before the circle is complete.
  return failureOf(operation, incomplete(work, "The request ended before."), run);
}

async function create({ type, bulkId }: BulkCreation, data: unknown, run: BulkRun): Promise<Change> {
  const change = await createResource(exchangeOf(run, data), type);
  if (change.resource !== undefined) run.ids.set(bulkId, change.resource.id);
  return change;
}

async function change({ method, type, id: given, data, version }: BulkChange, run: BulkRun): Promise<Change> {
  const id = resolveId(given, run);
  const exchange = exchangeOf(run, data, version);
  if (method === "PUT") return replaceResource(exchange, type, id);
  if (method === "PATCH") return patchResource(exchange, type, id);
  return deleteResource(exchange, type, id);
}

/** The created resource gets what had to wait; together that is one creation. */
async function complete(
  work: BulkCreation,
  { later }: SplitData,
  run: BulkRun,
): Promise<Pick<Change, "resource" | "status">> {
  const patch = { schemas: [PATCH_OP_URN], Operations: [{ op: "add", value: later }] };
  try {
    const id = idOf(work.bulkId, run);
    const { resource } = await patchResource(exchangeOf(run, patch), work.type, id);
    return { resource, status: 201 };
  } catch (error) {
    throw isScimError(error) && error.status < 500 ? incomplete(work, error.message) : error;
  }
}

/**
 * Before anything is created: whatever is wrong with the resource as a whole, and whether it can begin without what has
 * to wait.
 */
async function requireSplittable(
  { type, data, bulkId }: BulkCreation,
  { now }: SplitData,
  { exchange }: BulkRun,
): Promise<void> {
  await readCreation({ ...exchange, readBody: async () => data }, type);
  try {
    parseResource(now, type, "create");
  } catch (cause) {
    const detail = `${describeText(bulkId)} refers to itself in a circle by an attribute that it cannot do without.`;
    throw new ScimError("conflict", detail, { cause });
  }
}

function incomplete({ type, bulkId }: BulkCreation, reason: string): ScimError {
  return new ScimError(
    "conflict",
    `The ${type.name} ${describeText(bulkId)} exists now, but without what refers to others in a circle: ${reason} ` +
      "Add that with a PATCH.",
  );
}

/** The request that an operation stands for. It has the credential of the bulk request, and no query. */
function exchangeOf({ exchange, ...run }: BulkRun, data: unknown, version?: string): Exchange {
  return {
    ...exchange,
    params: new URLSearchParams(),
    header: (name) => (name === "if-match" ? (version ?? null) : null),
    readBody: async () => replaceReferences(data, (bulkId) => idOf(bulkId, run)),
  };
}

function resolveId(id: string, run: BulkRun): string {
  const reference = referenceIn(id);
  return reference === undefined ? id : idOf(reference, run);
}

function idOf(bulkId: string, { ids, creators }: Pick<BulkRun, "ids" | "creators">): string {
  const id = ids.get(bulkId);
  if (id !== undefined) return id;
  if (creators.has(bulkId)) {
    throw new ScimError("conflict", `The resource with the bulkId ${describeText(bulkId)} could not be created.`);
  }
  throw new ScimError("invalidValue", `No POST of this request has the bulkId ${describeText(bulkId)}.`);
}
