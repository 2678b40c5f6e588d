/**
 * From arguments to an exit code: finds the command, answers `--help`, prints what went wrong.
 *
 * @module
 */
import { createRequire } from "node:module";
import { isProvisioningError } from "@muster/provisioning-engine";
import type { Command } from "./command.ts";
import { CONFORMANCE } from "./commands/conformance.ts";
import { DEMO } from "./commands/demo.ts";
import { SERVE } from "./commands/serve.ts";
import { SIMULATE } from "./commands/simulate.ts";
import { CliError } from "./errors.ts";
import { commandHelp } from "./help.ts";
import type { Terminal } from "./terminal.ts";

const { version: VERSION } = createRequire(import.meta.url)("../package.json") as { readonly version: string };

const COMMANDS: Readonly<Record<string, Command>> = {
  serve: SERVE,
  demo: DEMO,
  simulate: SIMULATE,
  conformance: CONFORMANCE,
};

/**
 * The `muster` command.
 *
 * @param args the arguments after `muster`
 * @param terminal where it writes, and what it reads of the process
 * @returns the exit code: 0 for success, 2 for wrong usage, 1 for everything else
 * @example
 * process.exitCode = await run(process.argv.slice(2), terminal);
 */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    return await dispatch(args, terminal);
  } catch (error) {
    return report(error, terminal);
  }
}

async function dispatch([name = "--help", ...args]: readonly string[], terminal: Terminal): Promise<number> {
  if (name === "--version") {
    terminal.out(VERSION);
    return 0;
  }
  if (isHelp(name)) {
    terminal.out(overview());
    return 0;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) {
    throw new CliError("usage", `muster: ${JSON.stringify(name)} is no command. ${overview()}`);
  }
  if (!args.some(isHelp)) return command.run(args, terminal);
  terminal.out(commandHelp(command.help));
  return 0;
}

function isHelp(argument: string): boolean {
  return argument === "--help" || argument === "-h";
}

function overview(): string {
  const rows = Object.values(COMMANDS).map(({ help }) => `  ${help.usage.padEnd(22)}  ${help.summary}`);
  return [
    "Usage: muster COMMAND [options]",
    "",
    ...rows,
    "",
    "muster COMMAND --help tells the options, muster --version the version.",
  ].join("\n");
}

function report(error: unknown, terminal: Terminal): number {
  if (error instanceof CliError) {
    terminal.err(error.message);
    return error.exitCode;
  }
  if (isProvisioningError(error)) {
    terminal.err([`${error.message} (${error.code})`, error.hint].filter((line) => line !== undefined).join("\n"));
    return 1;
  }
  terminal.err(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return 1;
}
