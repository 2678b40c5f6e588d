import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { ServerDescription } from "../src/index.ts";

const MAIN = fileURLToPath(new URL("../dist/main.js", import.meta.url));

/** The built command as a process of its own. */
export interface CommandProcess {
  readonly child: ChildProcess;
  /** Every line of stdout so far. */
  readonly out: string[];
  readonly err: string[];
  /** The first line of stdout. */
  readonly firstLine: Promise<string>;
  /** Exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
}

export function startCommand(args: readonly string[], environment: Record<string, string> = {}): CommandProcess {
  if (!existsSync(MAIN)) throw new Error("The command is not built. Run `pnpm build` first.");
  return startProcess(process.execPath, [MAIN, ...args], environment);
}

export function startProcess(
  file: string,
  args: readonly string[],
  environment: Record<string, string> = {},
): CommandProcess {
  const child = spawn(file, args, { env: { ...process.env, ...environment } });
  const [out, err]: [string[], string[]] = [[], []];
  createInterface({ input: child.stderr }).on("line", (line) => err.push(line));
  const lines = createInterface({ input: child.stdout }).on("line", (line) => out.push(line));
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) => {
    child.once("close", (code, signal) => resolve(code ?? signal));
  });
  const firstLine = new Promise<string>((resolve, reject) => {
    lines.once("line", resolve);
    child.once("close", () => reject(new Error(`The command ended without a line on stdout:\n${err.join("\n")}`)));
  });
  // Not every test waits for a line.
  firstLine.catch(() => undefined);
  return { child, out, err, firstLine, ended };
}

export async function descriptionOf(process: CommandProcess): Promise<ServerDescription> {
  return JSON.parse(await process.firstLine) as ServerDescription;
}
