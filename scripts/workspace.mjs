/**
 * What the other scripts share: the pinned pnpm through npx, an install and a build that are skipped when nothing
 * changed, and running a tool of the workspace. Only Node and npm are assumed to be there.
 */
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const cache = join(root, ".cache");

/** Ends with a readable sentence when Node is too old. */
export function requireNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  fail(
    `Muster needs Node ${manifest.engines.node}; this is ${process.versions.node}. Install a newer Node and try again.`,
  );
}

/** Installs with the frozen lockfile, unless the lockfile and all manifests are those of the last install. */
export function ensureInstalled() {
  const stamp = join(root, "node_modules", ".muster-install");
  const wanted = fingerprint(["pnpm-lock.yaml", "pnpm-workspace.yaml", "package.json", ...manifests()]);
  if (matches(stamp, wanted)) return;
  note("Installing dependencies");
  pnpm(["install", "--frozen-lockfile", "--reporter=append-only"]);
  writeFileSync(stamp, wanted);
}

/** Builds every package, unless no source has changed since the last build. */
export function ensureBuilt() {
  const stamp = join(cache, "build");
  const wanted = fingerprint([...sources(), ...manifests(), "tsup.library.ts", "tsconfig.base.json", "pnpm-lock.yaml"]);
  if (matches(stamp, wanted) && packageFolders().every((folder) => existsSync(join(root, folder, "dist")))) return;
  note("Building the packages");
  rmSync(stamp, { force: true });
  pnpm(["--silent", "run", "build"]);
  mkdirSync(cache, { recursive: true });
  writeFileSync(stamp, wanted);
}

/** Runs a workspace binary (`tsc`, `vitest`, …) and returns its exit code. Its output is ours. */
export function tool(name, args, options = {}) {
  return run(join(root, "node_modules", ".bin", name), args, options);
}

/** Runs the pinned pnpm; ends the process when it fails. */
export function pnpm(args) {
  const code = run("npx", ["--yes", manifest.packageManager, ...args], { quiet: true });
  if (code !== 0) fail(`pnpm ${args[0]} ended with exit code ${code}. Its output above says why.`);
}

/** Runs a command in the root and returns its exit code; `quiet` sends its output to stderr. */
export function run(command, args, { quiet = false, cwd = root, env = {} } = {}) {
  const stdout = quiet ? 2 : "inherit";
  const result = spawnSync(command, args, {
    cwd,
    stdio: ["inherit", stdout, "inherit"],
    env: { ...process.env, ...env },
  });
  if (result.error) fail(`${command} could not be started: ${result.error.message}`);
  return result.status ?? 1;
}

const LOOK_FOR_STARTER_MS = 200;

/**
 * Runs the command line of this checkout and ends as it ends. Package managers end at a signal without passing it on:
 * the command is stopped, too, when whoever started this script is gone.
 */
export function runMuster(args) {
  const child = spawn(process.execPath, [join(root, "packages/cli/dist/main.js"), ...args], { stdio: "inherit" });
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGKILL" ? 137 : 1)));
  if (process.env.npm_lifecycle_event === undefined) return;
  const starter = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === starter) return;
    clearInterval(watch);
    child.kill("SIGTERM");
  }, LOOK_FOR_STARTER_MS);
}

/** Progress goes to stderr: stdout belongs to the command. */
export function note(text) {
  process.stderr.write(`▸ ${text}\n`);
}

export function fail(text) {
  process.stderr.write(`${text}\n`);
  process.exit(1);
}

export function packageFolders() {
  return readdirSync(join(root, "packages"))
    .map((name) => join("packages", name))
    .filter((folder) => existsSync(join(root, folder, "package.json")));
}

function manifests() {
  const examples = existsSync(join(root, "examples")) ? readdirSync(join(root, "examples")) : [];
  return [...packageFolders(), ...examples.map((name) => join("examples", name))]
    .map((folder) => join(folder, "package.json"))
    .filter((file) => existsSync(join(root, file)));
}

function sources() {
  return packageFolders().flatMap((folder) => [
    ...files(join(root, folder, "src")),
    join(root, folder, "tsup.config.ts"),
  ]);
}

function files(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

function fingerprint(paths) {
  const hash = createHash("sha256").update(process.version);
  for (const path of paths.map((path) => (path.startsWith(root) ? path : join(root, path))).sort()) {
    hash.update(relative(root, path)).update(existsSync(path) ? readFileSync(path) : "");
  }
  return hash.digest("hex");
}

function matches(stamp, wanted) {
  return existsSync(stamp) && readFileSync(stamp, "utf8") === wanted;
}
