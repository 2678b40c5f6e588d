/** `pnpm --silent muster …`: the command line of this checkout. Stdout belongs to the command alone. */
import { ensureBuilt, ensureInstalled, requireNode, runMuster } from "./workspace.mjs";

requireNode();
ensureInstalled();
ensureBuilt();
runMuster(process.argv.slice(2));
