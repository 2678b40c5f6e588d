/**
 * `muster serve` as an administrator starts it: a process of its own, in an empty folder, on a free port.
 *
 * @module
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { InteropError } from "./errors.ts";
import { ROOT } from "./paths.ts";
import type { Target, WithServer } from "./suite.ts";

const COMMAND = join(ROOT, "packages", "cli", "dist", "main.js");

/** `--json` prints the description when the server listens; nothing comes of a server that takes longer. */
const START_LIMIT_MS = 30_000;

export const withServer: WithServer = async (flags, use) => {
  const folder = mkdtempSync(join(tmpdir(), "muster-interop-"));
  const args = [COMMAND, "serve", "--port", "0", "--store", "memory:", "--json", ...flags];
  const server = spawn(process.execPath, args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  const stderr = keepEnd(server.stderr);
  try {
    return await use(await describe(server, stderr));
  } finally {
    await stop(server);
    rmSync(folder, { recursive: true, force: true });
  }
};

/** The log is drained, or the server would stand still at a full pipe. */
function keepEnd(stream: Readable): () => string {
  let end = "";
  stream.setEncoding("utf8").on("data", (text: string) => {
    end = (end + text).slice(-2_000);
  });
  return () => end;
}

async function describe(server: { readonly stdout: Readable }, stderr: () => string): Promise<Target> {
  const limit = { signal: AbortSignal.timeout(START_LIMIT_MS) };
  const lines = createInterface({ input: server.stdout });
  try {
    const [line] = await Promise.race([once(lines, "line", limit), once(lines, "close", limit)]);
    return readTarget(String(line));
  } catch (cause) {
    throw new InteropError("no_server", `muster serve did not come up. Its last words:\n${stderr()}`, { cause });
  }
}

/** The part of the description that a SCIM client gets: see docs/quick-start.md. */
interface Description {
  readonly tenants: readonly { readonly scim: Target | null }[];
}

/** @throws {Error} for anything but the description with a SCIM connection */
function readTarget(line: string): Target {
  const { tenants }: Description = JSON.parse(line);
  const scim = tenants.find((tenant) => tenant.scim !== null)?.scim;
  if (scim === undefined || scim === null) throw new TypeError("No tenant has SCIM switched on.");
  return scim;
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, "exit");
  server.kill("SIGTERM");
  const patience = setTimeout(() => server.kill("SIGKILL"), 6_000);
  await ended;
  clearTimeout(patience);
}
