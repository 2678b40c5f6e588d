/**
 * Virtual environments with the Python suites of each family, pinned and checked by hash, made once.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { lastWords, runCommand } from "./command.ts";
import { InteropError } from "./errors.ts";
import { CACHE, ROOT } from "./paths.ts";

/** What scim2-cli asks for. */
const OLDEST: readonly [number, number] = [3, 11];

const INSTALL_LIMIT_MS = 300_000;

/**
 * The folder with the commands of an environment. Wheels only, so that nothing of a package runs at its installation.
 *
 * @param requirements the file in `interop` that pins its packages
 * @throws {InteropError} `missing` without Python, or without the packages
 */
export async function pythonCommands(requirements = "requirements.txt"): Promise<string> {
  const pinned = join(ROOT, "interop", requirements);
  const { command, version } = await findPython();
  const wanted = createHash("sha256").update(version).update(readFileSync(pinned)).digest("hex").slice(0, 12);
  const folder = join(CACHE, `python-${wanted}`);
  const commands = join(folder, process.platform === "win32" ? "Scripts" : "bin");
  const ready = join(folder, ".ready");
  if (existsSync(ready)) return commands;
  rmSync(folder, { recursive: true, force: true });
  await install("making a virtual environment", command, ["-m", "venv", folder]);
  const options = ["--require-hashes", "--only-binary", ":all:", "--disable-pip-version-check", "--quiet"];
  await install("pip", join(commands, "python"), ["-m", "pip", "install", ...options, "-r", pinned]);
  writeFileSync(ready, `${version}\n`);
  return commands;
}

async function findPython(): Promise<{ readonly command: string; readonly version: string }> {
  for (const command of ["python3", "python"]) {
    const version = await pythonVersion(command);
    if (version !== undefined) return { command, version };
  }
  throw new InteropError(
    "missing",
    `Python ${OLDEST.join(".")} or newer is not on the PATH. Install it and try again.`,
  );
}

/** Undefined when it is absent or too old. */
async function pythonVersion(command: string): Promise<string | undefined> {
  const result = await runCommand(command, ["-c", "import sys; print(*sys.version_info[:2])"]).catch(() => undefined);
  if (result?.exitCode !== 0) return undefined;
  const [major = 0, minor = 0] = result.stdout.trim().split(" ").map(Number);
  const enough = major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
  return enough ? `${major}.${minor}` : undefined;
}

async function install(what: string, command: string, args: readonly string[]): Promise<void> {
  const result = await runCommand(command, args, { limitMs: INSTALL_LIMIT_MS });
  if (result.exitCode === 0) return;
  throw new InteropError("missing", `The Python suites cannot be installed: ${what} failed.\n${lastWords(result)}`);
}
