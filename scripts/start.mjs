/** `npm start`: installs, builds and runs the demo. Options after `--` reach it: `npm start -- --exit`. */
import { join } from "node:path";
import { ensureBuilt, ensureInstalled, requireNode, root, run } from "./workspace.mjs";

requireNode();
ensureInstalled();
ensureBuilt();
process.exit(run(process.execPath, [join(root, "packages/cli/dist/main.js"), "demo", ...process.argv.slice(2)]));
