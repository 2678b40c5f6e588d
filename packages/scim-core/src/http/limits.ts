/**
 * The budgets when the host sets none.
 *
 * @module
 */
import type { ScimLimits } from "./handler.ts";

export const DEFAULT_LIMITS: ScimLimits = {
  // A PUT of a group with a hundred thousand members takes 8.5 MB.
  bodyBytes: 10 * 1024 * 1024,
  patchOperations: 1000,
  filterBytes: 8 * 1024,
  maxResults: 1000,
  defaultResults: 100,
  // Twice what the deepest attribute of a PATCH or bulk operation needs.
  jsonDepth: 32,
};
