/**
 * The log of a command: one line per entry, on stderr.
 *
 * @module
 */
import type { Logger } from "@muster/provisioning-engine";
import type { Terminal } from "./terminal.ts";

/** `12:30:05 warn  message key=value`; debug entries are left out. */
export function terminalLogger(terminal: Terminal, clock: () => Date = () => new Date()): Logger {
  const write = (level: string) => (facts: Readonly<Record<string, unknown>>, message: string) => {
    const time = clock().toISOString().slice(11, 19);
    terminal.err([time, level.padEnd(5), message, ...Object.entries(facts).flatMap(formatFact)].join(" "));
  };
  return { debug: () => undefined, info: write("info"), warn: write("warn"), error: write("error") };
}

/** Nothing at all, for commands that report in their own words. */
export const SILENT_LOGGER: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** JSON keeps line breaks and control characters of a hostile value from forging further lines. */
function formatFact([name, value]: readonly [string, unknown]): readonly string[] {
  if (value === undefined) return [];
  return [`${name}=${JSON.stringify(value instanceof Error ? value.message : value)}`];
}
