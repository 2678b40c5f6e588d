/** `npm start`: installs, builds and runs the demo. Options after `--` reach it: `npm start -- --exit`. */
import { ensureBuilt, ensureInstalled, requireNode, runMuster } from "./workspace.mjs";

requireNode();
ensureInstalled();
ensureBuilt();
runMuster(["demo", ...process.argv.slice(2)]);
