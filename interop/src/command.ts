/**
 * Runs a foreign command to its end and keeps what it printed.
 *
 * @module
 */
import { spawn } from "node:child_process";
import { InteropError } from "./errors.ts";

export interface CommandOptions {
  readonly cwd?: string;
  /** On top of this process's environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** The command is ended after this long. */
  readonly limitMs?: number;
}

export interface CommandResult {
  /** Null when it was ended by a signal. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const DEFAULT_LIMIT_MS = 180_000;

/** @throws {InteropError} `missing` when the command cannot be started */
export function runCommand(
  command: string,
  args: readonly string[],
  { cwd, env = {}, limitMs = DEFAULT_LIMIT_MS }: CommandOptions = {},
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    // Not the option `timeout` of spawn: its timer outlives a command that cannot be started.
    const limit = setTimeout(() => child.kill("SIGKILL"), limitMs);
    const output = { stdout: "", stderr: "" };
    for (const stream of ["stdout", "stderr"] as const) {
      child[stream].setEncoding("utf8").on("data", (text: string) => {
        output[stream] += text;
      });
    }
    child.once("error", (cause) => {
      clearTimeout(limit);
      reject(new InteropError("missing", `${command} cannot be started.`, { cause }));
    });
    child.once("close", (exitCode) => {
      clearTimeout(limit);
      resolve({ exitCode, ...output });
    });
  });
}

/** The end of what a command printed, where the reason of a failure stands. */
export function lastWords({ stdout, stderr }: CommandResult): string {
  return `${stdout}\n${stderr}`.trim().split("\n").slice(-6).join("\n");
}
