/**
 * The model of the engine on each store, each in a process of its own, with more runs than the tests take: a line for
 * each store on stdout, and what a failure says, with the steps that lead to it, on stderr.
 */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { root } from "./workspace.mjs";

const STORES = [
  { store: "memory", project: "provisioning-engine", file: "test/model/model.test.ts" },
  { store: "SQLite", project: "storage-sql", file: "test/sqlite/model.test.ts" },
];

/** @returns whether every invariant held on every store */
export async function fuzzModel(runs) {
  const held = await Promise.all(STORES.map((store) => runModel(store, runs)));
  return held.every(Boolean);
}

async function runModel({ store, project, file }, runs) {
  const begin = performance.now();
  const { code, output } = await vitest(["run", "--project", project, file], { MODEL_RUNS: String(runs) });
  const seconds = Math.round((performance.now() - begin) / 1000);
  if (code !== 0) process.stderr.write(output);
  console.log(`${store}: ${code === 0 ? "every invariant held" : "an invariant failed"}; ${runs} runs, ${seconds} s`);
  return code === 0;
}

function vitest(args, env) {
  const child = spawn(join(root, "node_modules", ".bin", "vitest"), args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const chunks = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => chunks.push(chunk));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, output: Buffer.concat(chunks).toString() }));
  });
}
