import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "vite";
import { beforeAll, describe, expect, it } from "vitest";
import { sqliteStore } from "../../src/sqlite/index.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const folder = temporaryFolder();

beforeAll(async () => {
  await build({
    configFile: false,
    logLevel: "silent",
    ssr: { noExternal: true, external: ["libsql"], resolve: { conditions: ["@muster/source"] } },
    build: {
      ssr: fileURLToPath(new URL("writer.ts", import.meta.url)),
      outDir: folder.file("writer"),
      target: "node20",
      rollupOptions: {
        output: {
          entryFileNames: "writer.mjs",
          paths: { libsql: pathToFileURL(createRequire(import.meta.url).resolve("libsql")).href },
        },
      },
    },
  });
});

interface Writer {
  readonly child: ChildProcess;
  /** Commits that were acknowledged so far. */
  readonly acknowledged: string[];
  readonly ended: Promise<number | NodeJS.Signals | null>;
}

function startWriter(path: string, name: string, times: number): Writer {
  const script = folder.file("writer/writer.mjs");
  const child = spawn(process.execPath, [script, path, name, String(times)], { stdio: ["ignore", "pipe", "inherit"] });
  const acknowledged: string[] = [];
  const lines = createInterface({ input: child.stdout }).on("line", (line) => acknowledged.push(line));
  const read = new Promise((resolve) => lines.once("close", resolve));
  const exited = new Promise<number | NodeJS.Signals | null>((resolve) => {
    child.once("close", (code, signal) => resolve(code ?? signal));
  });
  return { child, acknowledged, ended: read.then(() => exited) };
}

/** What is in the file: tenants and changes by writer, and how often the counter was raised. */
async function readBack(path: string): Promise<{ tenants: string[]; changes: string[]; counted: number }> {
  const store = sqliteStore({ path });
  await store.migrate();
  const content = await store.transaction({ tenantId: null }, async (tx) => {
    const tenants = await tx.tenants.list({ limit: 100_000 });
    const changes = await tx.changes.read("counter", { limit: 100_000 });
    return {
      tenants: tenants.map(({ id }) => id).filter((id) => id !== "counter"),
      changes: changes.map(({ change }) => change.id),
      counted: tenants.find(({ id }) => id === "counter")?.version ?? 0,
    };
  });
  await store.close();
  return content;
}

describe("a process that is killed while it writes", () => {
  it("loses no commit that was acknowledged, and leaves no half of one", async () => {
    const path = folder.file("killed.db");
    const acknowledged: string[] = [];
    for (let round = 0; round < 8; round += 1) {
      const writer = startWriter(path, `round${round}`, 100_000);
      while (writer.acknowledged.length < 10) await setTimeout(5);
      await setTimeout(round * 7);
      writer.child.kill("SIGKILL");
      expect(await writer.ended).toBe("SIGKILL");
      acknowledged.push(...writer.acknowledged);
    }
    const { tenants, changes, counted } = await readBack(path);
    expect(acknowledged.filter((id) => !tenants.includes(id))).toEqual([]);
    expect(changes.toSorted()).toEqual(tenants.toSorted());
    expect(counted).toBe(tenants.length);
  }, 60_000);
});

describe("several processes that write at once", () => {
  it("take turns: none is refused, nothing is lost, no update is overwritten", async () => {
    const path = folder.file("at-once.db");
    const writers = ["a", "b", "c"].map((name) => startWriter(path, name, 150));
    expect(await Promise.all(writers.map(({ ended }) => ended))).toEqual([0, 0, 0]);
    const { tenants, changes, counted } = await readBack(path);
    expect(tenants.toSorted()).toEqual(writers.flatMap((writer) => writer.acknowledged).toSorted());
    expect(changes.toSorted()).toEqual(tenants.toSorted());
    expect(counted).toBe(450);
  }, 60_000);
});

describe("a process that opens a file which another one is just preparing", () => {
  it("waits for its turn; it used to be refused when it came at the wrong moment", async () => {
    const path = folder.file("prepared.db");
    const libsql = createRequire(import.meta.url).resolve("libsql");
    const hold = `
      const db = new (require(${JSON.stringify(libsql)}))(${JSON.stringify(path)});
      db.exec("create table t (x); begin exclusive");
      console.log("held");
      setTimeout(() => db.exec("commit"), 300);`;
    const holder = spawn(process.execPath, ["-e", hold], { stdio: ["ignore", "pipe", "inherit"] });
    await new Promise((resolve) => createInterface({ input: holder.stdout }).once("line", resolve));
    const store = sqliteStore({ path });
    await store.close();
  });
});
