/** `pnpm --silent muster …`: the command line of this checkout. Stdout belongs to the command alone. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { ensureBuilt, ensureInstalled, requireNode, root } from "./workspace.mjs";

requireNode();
ensureInstalled();
ensureBuilt();
const child = spawn(process.execPath, [join(root, "packages/cli/dist/main.js"), ...process.argv.slice(2)], {
  stdio: "inherit",
});
for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGKILL" ? 137 : 1)));
