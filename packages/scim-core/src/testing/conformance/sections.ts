/**
 * All sections, in the order in which they run: what the others build on comes first.
 *
 * @module
 */
import { BULK, CURSOR, DIALECTS, ETAG, FILTER, GROUPS, OTHER_TENANT, PATCH } from "./abilities.ts";
import { bulkCases } from "./cases/bulk.ts";
import { concurrencyCases } from "./cases/concurrency.ts";
import { cursorCases } from "./cases/cursors.ts";
import { dialectCases } from "./cases/dialects.ts";
import { discoveryCases } from "./cases/discovery.ts";
import { filterGrammarCases } from "./cases/filter-grammar.ts";
import { filterPathCases } from "./cases/filter-paths.ts";
import { filterCases } from "./cases/filters.ts";
import { groupCases } from "./cases/groups.ts";
import { isolationCases } from "./cases/isolation.ts";
import { listCases } from "./cases/lists.ts";
import { memberCases } from "./cases/members.ts";
import { patchCases } from "./cases/patch.ts";
import { patchPathCases } from "./cases/patch-paths.ts";
import { patchRefusalCases } from "./cases/patch-refusals.ts";
import { projectionCases } from "./cases/projection.ts";
import { representationCases } from "./cases/representation.ts";
import { securityCases } from "./cases/security.ts";
import { valueCases } from "./cases/values.ts";
import { versionCases } from "./cases/versions.ts";
import type { ConformanceSection } from "./conformance-case.ts";

export const SECTIONS: readonly ConformanceSection[] = [
  { name: "discovery", needs: [], cases: discoveryCases },
  { name: "representation", needs: [], cases: representationCases },
  { name: "values", needs: [], cases: valueCases },
  { name: "filters", needs: [FILTER], cases: [...filterCases, ...filterPathCases, ...filterGrammarCases] },
  { name: "lists", needs: [], cases: listCases },
  { name: "projection", needs: [], cases: projectionCases },
  { name: "patch", needs: [PATCH], cases: [...patchCases, ...patchPathCases] },
  { name: "patch-refusals", needs: [PATCH], cases: patchRefusalCases },
  { name: "dialects", needs: [PATCH, DIALECTS], cases: dialectCases },
  { name: "groups", needs: [GROUPS], cases: [...groupCases, ...memberCases] },
  { name: "versions", needs: [ETAG], cases: versionCases },
  { name: "bulk", needs: [BULK], cases: bulkCases },
  { name: "cursors", needs: [CURSOR], cases: cursorCases },
  { name: "security", needs: [], cases: securityCases },
  { name: "concurrency", needs: [], cases: concurrencyCases },
  { name: "isolation", needs: [OTHER_TENANT], cases: isolationCases },
];

/** What `only` may name. */
export const CONFORMANCE_SECTIONS: readonly string[] = SECTIONS.map(({ name }) => name);
