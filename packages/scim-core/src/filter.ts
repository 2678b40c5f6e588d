/**
 * The filter language of RFC 7644 §3.4.2.2: one syntax tree for matching, for PATCH paths and for store look-ups.
 *
 * @module
 */
import { type FilterLimits, openCursor, parseWholeFilter } from "./filter-parser.ts";
import type { Filter } from "./filter-tree.ts";
import type { ResourceType } from "./schema.ts";

export type { ComparisonOperator, Filter } from "./filter-tree.ts";

/**
 * Parses a filter and resolves it against the schema.
 *
 * @param limits budgets; without them 8 KB, 32 nested brackets, 200 comparisons
 * @throws ScimError `invalidFilter` with the position, `sensitive` for attributes that are never returned
 * @example
 * parseFilter('userName eq "mira@example.com"', user);
 */
export function parseFilter(text: string, type: ResourceType, limits?: Partial<FilterLimits>): Filter {
  return parseWholeFilter(openCursor(text, type, "invalidFilter", limits));
}
