/**
 * Reads and writes the committed figures, and the documents that show them.
 *
 * @module
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Figures, withFigures } from "./figures.ts";
import { ROOT } from "./paths.ts";

const RESULTS = join(ROOT, "interop", "results", "scim.json");

/** Each shows the table between its markers. */
export const DOCUMENTS: readonly string[] = [join(ROOT, "README.md"), join(ROOT, "docs", "interop.md")];

/** Empty before the first run. */
export function readFigures(): readonly Figures[] {
  if (!existsSync(RESULTS)) return [];
  const { suites }: { readonly suites: readonly Figures[] } = JSON.parse(readFileSync(RESULTS, "utf8"));
  return suites;
}

export function writeFigures(suites: readonly Figures[]): void {
  writeFileSync(RESULTS, `${JSON.stringify({ suites }, null, 2)}\n`);
  for (const path of DOCUMENTS) writeFileSync(path, withFigures(readFileSync(path, "utf8"), suites));
}
