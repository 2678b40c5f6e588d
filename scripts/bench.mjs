/**
 * `pnpm bench` lists the suites; `pnpm bench SUITE [--json]` runs one in a process of its own. `--save` keeps the numbers
 * in `bench/results/` and renews the table in `docs/benchmarks.md`.
 */
import { join } from "node:path";
import { resultsPath, writeTables } from "./benchmark-tables.mjs";
import { ensureBuilt, ensureInstalled, fail, requireNode, root, run, tool } from "./workspace.mjs";

requireNode();
ensureInstalled();
ensureBuilt();
const folder = join(root, "bench");
if (tool("tsup", ["--silent"], { cwd: folder }) !== 0) fail("The benchmarks could not be built.");

const args = process.argv.slice(2);
const saves = args.includes("--save");
const [suite] = args.filter((arg) => !arg.startsWith("-"));
const kept = saves && suite !== undefined ? ["--save", resultsPath(suite)] : [];
const passed = args.filter((arg) => arg !== "--save");
const code = run(process.execPath, [join(folder, "dist/main.js"), ...passed, ...kept]);
if (code === 0 && saves) writeTables();
process.exit(code);
