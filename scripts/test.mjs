/**
 * `npm test`: installs, builds, checks types and style, runs every test. The last line is
 * `N passed, N failed, N skipped`; the exit code is 0 only when everything held.
 */
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ensureBuilt, ensureInstalled, note, requireNode, root, tool } from "./workspace.mjs";

requireNode();
ensureInstalled();
ensureBuilt();

const checks = [
  ["Checking types", "tsc", ["-p", "tsconfig.json"]],
  ["Checking style", "biome", ["check", "--error-on-warnings", "."]],
];
const failedChecks = checks.filter(([title, name, args]) => {
  note(title);
  return tool(name, args) !== 0;
});

note("Running the tests");
const report = join(root, ".cache", "tests.json");
mkdirSync(join(root, ".cache"), { recursive: true });
rmSync(report, { force: true });
const code = tool("vitest", [
  "run",
  "--reporter=dot",
  "--reporter=json",
  `--outputFile.json=${report}`,
  ...process.argv.slice(2),
]);
const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(readFileSync(report, "utf8"));

for (const [title] of failedChecks) note(`Failed: ${title}`);
console.log(`${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests + numTodoTests} skipped`);
process.exit(code === 0 && failedChecks.length === 0 && numPassedTests > 0 ? 0 : 1);
