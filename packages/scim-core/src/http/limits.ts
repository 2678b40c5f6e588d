/**
 * The budgets when the host sets none.
 *
 * @module
 */
import type { ScimLimits } from "./handler.ts";

const DEFAULT_LIMITS: ScimLimits = {
  // A PUT of a group with a hundred thousand members takes 8.5 MB.
  bodyBytes: 10 * 1024 * 1024,
  patchOperations: 1000,
  bulkOperations: 1000,
  bulkBytes: 1024 * 1024,
  filterBytes: 8 * 1024,
  maxResults: 1000,
  defaultResults: 100,
  scannedResources: 100_000,
  cursorSeconds: 3600,
  // Twice what the deepest attribute of a PATCH or bulk operation needs.
  jsonDepth: 32,
};

/** The budgets of a host in full. A bulk request is a request: it is never larger than any other may be. */
export function completeLimits(given: Partial<ScimLimits> = {}): ScimLimits {
  const limits = { ...DEFAULT_LIMITS, ...given };
  return { ...limits, bulkBytes: Math.min(limits.bulkBytes, limits.bodyBytes) };
}
