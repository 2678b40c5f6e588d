/**
 * A Keycloak of its own: fetched by Maven, checked by hash, unpacked into the cache, started on a free port with its
 * database in memory.
 *
 * @module
 */
import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { createReadStream, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { lastWords, runCommand } from "../../command.ts";
import { InteropError } from "../../errors.ts";
import { CACHE } from "../../paths.ts";

export const KEYCLOAK_VERSION = "26.4.7";

const ARTIFACT = `org.keycloak:keycloak-quarkus-dist:${KEYCLOAK_VERSION}:zip`;
const SHA256 = "dd9834c023460be856f731423d86228c23b5d002194a2064642bec0cc6573eaa";
const COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy";

const OLDEST_JAVA = 17;
const FETCH_LIMIT_MS = 600_000;

/** Its first start makes a database; a busy machine needs minutes for it. */
const START_LIMIT_MS = 360_000;
const POLL_MS = 500;
const STOP_LIMIT_MS = 20_000;

export const KEYCLOAK_ADMIN = { username: "admin", password: "interop" } as const;

/**
 * The folder of the distribution.
 *
 * @throws {InteropError} `missing` without a JDK or Maven, or when the distribution cannot be fetched
 */
export async function keycloakHome(): Promise<string> {
  await requireJava();
  const folder = join(CACHE, `keycloak-${KEYCLOAK_VERSION}`);
  const home = join(folder, `keycloak-${KEYCLOAK_VERSION}`);
  const ready = join(folder, ".ready");
  if (existsSync(ready)) return home;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await must("Maven", "mvn", ["-q", "-B", COPY, `-Dartifact=${ARTIFACT}`, `-DoutputDirectory=${folder}`], folder);
  const archive = join(folder, `keycloak-quarkus-dist-${KEYCLOAK_VERSION}.zip`);
  await checkHash(archive);
  await must("jar", "jar", ["xf", archive], folder);
  rmSync(archive);
  writeFileSync(ready, "");
  return home;
}

async function requireJava(): Promise<void> {
  const result = await runCommand("javac", ["-version"]).catch(() => undefined);
  const [, major] = /javac (\d+)/.exec(`${result?.stdout}${result?.stderr}`) ?? [];
  if (Number(major ?? 0) >= OLDEST_JAVA) return;
  throw new InteropError(
    "missing",
    `A JDK of version ${OLDEST_JAVA} or newer is not on the PATH. Install it, and Maven.`,
  );
}

async function must(what: string, command: string, args: readonly string[], cwd: string): Promise<void> {
  const result = await runCommand(command, args, { cwd, limitMs: FETCH_LIMIT_MS }).catch((cause: unknown) => {
    throw new InteropError("missing", `${what} is not on the PATH. Install it and try again.`, { cause });
  });
  if (result.exitCode !== 0) throw new InteropError("missing", `${what} cannot bring Keycloak.\n${lastWords(result)}`);
}

async function checkHash(archive: string): Promise<void> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(archive), hash);
  const found = hash.digest("hex");
  if (found === SHA256) return;
  throw new InteropError("missing", `Keycloak's hash is ${found}, expected ${SHA256}. It is not used.`);
}

/**
 * Starts Keycloak for `use`, and stops it afterwards.
 *
 * @throws {InteropError} `no_server` when it does not come up
 */
export async function withKeycloak<Result>(home: string, use: (url: string) => Promise<Result>): Promise<Result> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const args = ["bin/kc.sh", "start-dev", "--db=dev-mem", "--http-host=127.0.0.1", `--http-port=${port}`];
  const env = {
    ...process.env,
    KC_BOOTSTRAP_ADMIN_USERNAME: KEYCLOAK_ADMIN.username,
    KC_BOOTSTRAP_ADMIN_PASSWORD: KEYCLOAK_ADMIN.password,
    JAVA_OPTS_KC_HEAP: "-Xmx700m",
  };
  const server = spawn("sh", args, { cwd: home, env, stdio: ["ignore", "pipe", "pipe"] });
  let words = "";
  for (const stream of [server.stdout, server.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      words = (words + text).slice(-2_000);
    });
  }
  try {
    await untilUp(server, url, () => words);
    return await use(url);
  } finally {
    await stop(server);
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}

async function untilUp(server: ChildProcess, url: string, words: () => string): Promise<void> {
  const end = Date.now() + START_LIMIT_MS;
  while (server.exitCode === null && Date.now() < end) {
    const response = await fetch(`${url}/realms/master`).catch(() => undefined);
    if (response?.ok === true) return;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new InteropError("no_server", `Keycloak did not come up. Its last words:\n${words()}`);
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, "exit");
  server.kill("SIGTERM");
  const patience = setTimeout(() => server.kill("SIGKILL"), STOP_LIMIT_MS);
  await ended;
  clearTimeout(patience);
}
