/** `pnpm interop SUITE`: foreign conformance software against this checkout. Options after the suite reach it. */
import { join } from "node:path";
import { ensureBuilt, ensureInstalled, fail, requireNode, root, run, tool } from "./workspace.mjs";

requireNode();
ensureInstalled();
ensureBuilt();
const folder = join(root, "interop");
if (tool("tsup", ["--silent"], { cwd: folder, quiet: true }) !== 0) fail("The interop runner cannot be built.");
process.exit(run(process.execPath, [join(folder, "dist/main.js"), ...process.argv.slice(2)]));
