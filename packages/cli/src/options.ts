/**
 * Reads a command's arguments by a table of options. Everything that is wrong is reported at once, each with what was
 * given, what was expected, and how to put it right.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { CliError } from "./errors.ts";
import type { Option } from "./option-types.ts";

/** The options of a command, by name without the dashes. */
export type OptionTable = Readonly<Record<string, Option<unknown>>>;

/** The values that a table yields. */
export type OptionValues<Table extends OptionTable> = {
  readonly [Name in keyof Table]: Table[Name] extends Option<infer Value> ? Value : never;
};

/** What an option table cannot read. */
export interface UsageProblem {
  /** With its dashes, or the stray argument itself. */
  readonly option: string;
  readonly got: string;
  readonly expected: string;
  readonly fix: string;
}

/**
 * @param command the words before the options, for the messages
 * @param table what the command understands
 * @param args the arguments after the command
 * @throws {CliError} `usage` with every problem listed
 * @example
 * const { port } = readOptions("muster serve", { port: integer("…", { min: 0, max: 65535 }, 3000) }, ["--port", "0"]);
 */
export function readOptions<Table extends OptionTable>(
  command: string,
  table: Table,
  args: readonly string[],
): OptionValues<Table> {
  const { given, problems } = scan(table, args);
  const complained = new Set(problems.map(({ option }) => option));
  const values = Object.entries(table).map(([name, option]) => {
    if (complained.has(`--${name}`)) return [name, undefined] as const;
    const text = given.get(name);
    const reading = text === undefined ? fallback(name, option) : read(name, option, text);
    if ("problem" in reading) problems.push(reading.problem);
    return [name, "value" in reading ? reading.value : undefined] as const;
  });
  if (problems.length > 0) throw usageError(command, problems);
  return Object.fromEntries(values) as OptionValues<Table>;
}

/** Sorts arguments into given options and problems, without reading the values yet. */
function scan(
  table: OptionTable,
  args: readonly string[],
): { readonly given: Map<string, string>; readonly problems: UsageProblem[] } {
  const options = Object.fromEntries(
    Object.entries(table).map(([name, option]) => [name, { type: option.placeholder ? "string" : "boolean" } as const]),
  );
  // Not strict: node would stop at the first problem.
  const { tokens } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true });
  const given = new Map<string, string>();
  const problems: UsageProblem[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") problems.push(strayArgument(token.value));
    if (token.kind !== "option") continue;
    const problem = problemWith(table, token, given);
    if (problem === undefined) given.set(token.name, token.value ?? "");
    else problems.push(problem);
  }
  return { given, problems };
}

function problemWith(
  table: OptionTable,
  { name, rawName, value }: { readonly name: string; readonly rawName: string; readonly value?: string | undefined },
  given: ReadonlyMap<string, string>,
): UsageProblem | undefined {
  const option = Object.hasOwn(table, name) ? table[name] : undefined;
  if (option === undefined) return unknownOption(table, rawName);
  if (given.has(name)) return { option: rawName, got: "it twice", expected: "it once", fix: "Remove one of the two." };
  const { placeholder } = option;
  if (placeholder === undefined && value !== undefined) {
    return { option: rawName, got: quote(value), expected: "no value", fix: `Write ${rawName} alone.` };
  }
  if (placeholder !== undefined && value === undefined) {
    return { option: rawName, got: "no value", expected: placeholder, fix: `Write ${rawName} ${placeholder}.` };
  }
  return undefined;
}

type Outcome = { readonly value: unknown } | { readonly problem: UsageProblem };

function read(name: string, option: Option<unknown>, text: string): Outcome {
  const reading = option.read(text);
  if ("value" in reading) return reading;
  const fix = `Write --${name} ${option.placeholder}.`;
  return { problem: { option: `--${name}`, got: quote(text), expected: reading.expected, fix } };
}

function fallback(name: string, option: Option<unknown>): Outcome {
  if (option.fallback !== undefined) return option.fallback;
  const fix = `Add --${name} ${option.placeholder}.`;
  return { problem: { option: `--${name}`, got: "nothing", expected: "it to be given", fix } };
}

function strayArgument(value: string): UsageProblem {
  return { option: quote(value), got: "an argument", expected: "options only", fix: "Remove it, or write its option." };
}

function unknownOption(table: OptionTable, rawName: string): UsageProblem {
  const names = Object.keys(table);
  const close = names.find((name) => isClose(name, rawName.replace(/^-+/, "")));
  const fix = close === undefined ? "Remove it; --help lists the options." : `Did you mean --${close}?`;
  return { option: rawName, got: "an unknown option", expected: names.map((name) => `--${name}`).join(", "), fix };
}

/** One slip away: a prefix, letters in another order, or one letter missing, added or wrong. */
function isClose(name: string, given: string): boolean {
  if (given.length > 1 && (name.startsWith(given) || given.startsWith(name))) return true;
  if (sorted(name) === sorted(given)) return true;
  const start = [...name].findIndex((letter, index) => letter !== given[index]);
  const [left, right] = [name.slice(start), given.slice(start)];
  return left.slice(1) === right.slice(1) || left.slice(1) === right || left === right.slice(1);
}

function sorted(text: string): string {
  return [...text].sort().join("");
}

function quote(text: string): string {
  return JSON.stringify(text);
}

function usageError(command: string, problems: readonly UsageProblem[]): CliError {
  const lines = problems.map(
    ({ option, got, expected, fix }) => `  ${option}: got ${got}, expected ${expected}. ${fix}`,
  );
  const heading = `${command}: ${problems.length === 1 ? "one problem" : `${problems.length} problems`}`;
  return new CliError("usage", [heading, ...lines].join("\n"));
}
