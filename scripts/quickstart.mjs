/**
 * The first screen of the README, as a newcomer meets it: an empty folder, the packed packages, the first code block
 * copied verbatim. It must print its first `account.created` within a minute of the first command.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { codeBlocks } from "./code-blocks.mjs";
import { ensureBuilt, ensureInstalled, fail, note, pnpm, requireNode, root, run } from "./workspace.mjs";

const BUDGET_MS = 60_000;

requireNode();
ensureInstalled();
ensureBuilt();
const folder = mkdtempSync(join(tmpdir(), "muster-quickstart-"));
const tarballs = join(folder, "tarballs");
pnpm(["--silent", "--recursive", "--filter", "./packages/*", "pack", "--pack-destination", tarballs]);

const app = join(folder, "app");
const [block] = codeBlocks(join(root, "README.md"), "ts");
const example = readFileSync(join(root, "examples/hono/src/main.ts"), "utf8");
if (block === undefined || !example.includes(block.code.trim()))
  fail("The README's first block is not examples/hono/src/main.ts.");

const { dependencies } = JSON.parse(readFileSync(join(root, "examples/hono/package.json"), "utf8"));
const ours = Object.fromEntries(readdirSync(tarballs).map((file) => [packageName(file), `file:../tarballs/${file}`]));
writeEmptyProject(app);

const started = Date.now();
note("Installing the packed packages into an empty folder");
if (run("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: app }) !== 0)
  fail("npm install failed.");
const line = await firstEvent(
  spawn(process.execPath, ["main.mjs"], { cwd: app, stdio: ["ignore", "pipe", "inherit"] }),
);
const seconds = (Date.now() - started) / 1000;
rmSync(folder, { recursive: true, force: true });
note(`"${line}" after ${seconds.toFixed(1)} s`);
process.exit(seconds * 1000 <= BUDGET_MS ? 0 : 1);

function packageName(file) {
  return file.replace(/^muster-(.*)-\d+\.\d+\.\d+.*\.tgz$/, "@muster/$1");
}

/** Only what the block imports is asked for; `overrides` point the packages at one another's tarballs. */
function writeEmptyProject(target) {
  run("mkdir", ["-p", target]);
  const wanted = Object.fromEntries(Object.entries(dependencies).map(([name, range]) => [name, ours[name] ?? range]));
  writeFileSync(
    join(target, "package.json"),
    JSON.stringify(
      { name: "quickstart", private: true, type: "module", dependencies: wanted, overrides: ours },
      null,
      2,
    ),
  );
  writeFileSync(join(target, "main.mjs"), block.code);
}

function firstEvent(child) {
  return new Promise((resolve) => {
    let output = "";
    const timer = setTimeout(() => end(`nothing within ${BUDGET_MS / 1000} s; output so far:\n${output}`), BUDGET_MS);
    const end = (reason) => {
      clearTimeout(timer);
      child.kill("SIGKILL");
      fail(`The quick start printed no account.created: ${reason}`);
    };
    child.once("exit", (code) => end(`it ended with exit code ${code}; output:\n${output}`));
    child.stdout.on("data", (chunk) => {
      output += chunk;
      const match = output.match(/^account\.created.*$/m);
      if (match === null || !output.includes("\n", match.index)) return;
      clearTimeout(timer);
      child.removeAllListeners("exit");
      child.kill("SIGKILL");
      resolve(match[0]);
    });
  });
}
