/**
 * The help texts, made from the same tables that options are read by.
 *
 * @module
 */
import type { Option } from "./option-types.ts";
import type { OptionTable } from "./options.ts";

/** What `--help` needs to know about a command. */
export interface CommandHelp {
  /** The words that call it, for example `muster serve`. */
  readonly usage: string;
  readonly summary: string;
  readonly options: OptionTable;
  /** Lines after the options, for what an option table cannot say. */
  readonly notes?: readonly string[];
}

/** The help of one command. */
export function commandHelp({ usage, summary, options, notes = [] }: CommandHelp): string {
  const rows = Object.entries(options).map(([name, option]) => [label(name, option), helpText(option)] as const);
  const width = Math.max(...rows.map(([left]) => left.length));
  return [
    `Usage: ${usage} [options]`,
    "",
    summary,
    "",
    ...rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`),
    ...(notes.length === 0 ? [] : ["", ...notes]),
  ].join("\n");
}

function label(name: string, { placeholder }: Option<unknown>): string {
  return placeholder === undefined ? `--${name}` : `--${name} ${placeholder}`;
}

function helpText({ help, fallback }: Option<unknown>): string {
  if (fallback === undefined) return `${help} (required)`;
  return fallback.shown === undefined ? help : `${help} (default ${fallback.shown})`;
}
