/**
 * Bulk requests (RFC 7644 §3.7): in the order of the plan, until the client's number of failures is reached. What
 * succeeded stays, whatever happens to the others.
 *
 * @module
 */
import { type BulkOperation, parseBulk } from "../bulk.ts";
import { type BulkStep, creatorsOf, planBulk } from "../bulk-plan.ts";
import { BULK_RESPONSE_URN } from "../urn.ts";
import { answer } from "./answer.ts";
import { type BulkResult, type BulkRun, failureOf } from "./bulk-result.ts";
import { carryOut } from "./bulk-step.ts";
import type { Exchange } from "./exchange.ts";

export async function runBulk(exchange: Exchange): Promise<Response> {
  const { limits, resourceTypes } = exchange;
  const body = await exchange.readBody(limits.bulkBytes);
  const { operations, failOnErrors } = parseBulk(body, resourceTypes, limits.bulkOperations);
  const creators = creatorsOf(operations);
  const steps = planBulk(operations, creators);
  const results = await take(steps, { exchange, creators, ids: new Map() }, failOnErrors);
  // As the operations were sent; without those that were not carried out.
  const processed = operations.flatMap((operation) => results.get(operation) ?? []);
  return answer(200, { schemas: [BULK_RESPONSE_URN], Operations: processed });
}

async function take(
  steps: readonly BulkStep[],
  run: BulkRun,
  failOnErrors: number,
): Promise<ReadonlyMap<BulkOperation, BulkResult>> {
  const results = new Map<BulkOperation, BulkResult>();
  const failed = new Set<BulkOperation>();
  for (const step of steps) {
    const { operation } = step;
    if (failed.size >= failOnErrors) break;
    // What could not be created is not to be completed either.
    if (failed.has(operation)) continue;
    try {
      results.set(operation, await carryOut(step, run));
    } catch (error) {
      results.set(operation, failureOf(operation, error, run));
      failed.add(operation);
    }
  }
  return results;
}
