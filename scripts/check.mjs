/** `pnpm check`: everything that can be checked without running the product. All checks run; all failures are named. */
import { ensureBuilt, ensureInstalled, note, requireNode, run, tool } from "./workspace.mjs";

requireNode();
ensureInstalled();
ensureBuilt();

const checks = [
  ["types", () => tool("tsc", ["-p", "tsconfig.json"])],
  ["lint and format", () => tool("biome", ["check", "--error-on-warnings", "."])],
  [
    "arrows and cycles",
    () => tool("depcruise", ["--config", ".dependency-cruiser.mjs", "packages", "examples", "interop", "bench/src"]),
  ],
  ["unused files, exports and dependencies", () => tool("knip", [])],
  ["code blocks of the documentation", () => run(process.execPath, ["scripts/check-docs.mjs"])],
  ["tables of the benchmarks", () => run(process.execPath, ["scripts/benchmark-tables.mjs"])],
  ["requirements without a test", () => run(process.execPath, ["scripts/check-requirements.mjs"])],
  ["published packages", () => run(process.execPath, ["scripts/check-packages.mjs"])],
];
const failed = checks.filter(([title, check]) => {
  note(title);
  return check() !== 0;
});
note(
  failed.length === 0 ? `All ${checks.length} checks passed.` : `Failed: ${failed.map(([title]) => title).join("; ")}`,
);
process.exit(failed.length === 0 ? 0 : 1);
