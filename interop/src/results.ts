/**
 * Reads and writes the committed figures, and the documents that show them.
 *
 * @module
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Figures, withFigures } from "./figures.ts";
import { ROOT } from "./paths.ts";
import type { FamilyName } from "./suite.ts";

const resultsOf = (family: FamilyName) => join(ROOT, "interop", "results", `${family}.json`);

/** Each shows the table between its markers. */
export const DOCUMENTS: readonly string[] = [join(ROOT, "README.md"), join(ROOT, "docs", "interop.md")];

/** Empty before the first run. */
export function readFigures(family: FamilyName): readonly Figures[] {
  const results = resultsOf(family);
  if (!existsSync(results)) return [];
  const { suites }: { readonly suites: readonly Figures[] } = JSON.parse(readFileSync(results, "utf8"));
  return suites;
}

export function writeFigures(family: FamilyName, suites: readonly Figures[]): void {
  writeFileSync(resultsOf(family), `${JSON.stringify({ suites }, null, 2)}\n`);
  for (const path of DOCUMENTS) writeFileSync(path, withFigures(readFileSync(path, "utf8"), family, suites));
}
