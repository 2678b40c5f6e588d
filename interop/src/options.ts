/**
 * The arguments of `pnpm interop`.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { InteropError } from "./errors.ts";
import type { FamilyName } from "./suite.ts";

export interface Options {
  /** Which family of suites runs. */
  readonly family: FamilyName;
  readonly json: boolean;
  /** Only what needs nothing but Node. */
  readonly quick: boolean;
  /** Writes the figures into the documentation. */
  readonly writeReadme: boolean;
  /** The suites whose toolchain may be missing; `"all"` without names. */
  readonly allowMissing: "all" | readonly string[];
}

export const USAGE = `Usage: pnpm interop scim|saml [options]

Runs foreign software against this checkout: conformance suites against a freshly started muster serve, or identity
providers and SAML tools against a service that signs in through them.

  --json                   the last line of stdout is one JSON object
  --quick                  only the suites that need nothing but Node
  --allow-missing[=NAMES]  a suite whose toolchain is missing does not fail the run; NAMES are separated by commas
  --write-readme           writes the figures into README.md, docs/interop.md and interop/results`;

const SWITCHES = {
  json: { type: "boolean", default: false },
  quick: { type: "boolean", default: false },
  "write-readme": { type: "boolean", default: false },
} as const;

const ALLOW = "--allow-missing";

/**
 * @param args after the command
 * @param families the names of the suites of each, which `--allow-missing` may have
 * @throws {InteropError} `usage`
 */
export function readOptions(
  args: readonly string[],
  families: Readonly<Record<FamilyName, readonly string[]>>,
): Options {
  const allow = args.filter((argument) => argument === ALLOW || argument.startsWith(`${ALLOW}=`));
  const { values, positionals } = readSwitches(args.filter((argument) => !allow.includes(argument)));
  const [family, ...more] = positionals;
  if ((family !== "scim" && family !== "saml") || more.length > 0) throw new InteropError("usage", USAGE);
  if (values.quick && values["write-readme"]) {
    throw new InteropError("usage", "--write-readme needs the figures of all suites. Leave --quick out.");
  }
  const { json, quick } = values;
  const allowMissing = readAllowed(allow, families[family]);
  return { family, json, quick, writeReadme: values["write-readme"], allowMissing };
}

function readSwitches(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: SWITCHES, allowPositionals: true });
  } catch (cause) {
    throw new InteropError("usage", `${cause instanceof Error ? cause.message : String(cause)}\n\n${USAGE}`, { cause });
  }
}

function readAllowed(allow: readonly string[], suites: readonly string[]): Options["allowMissing"] {
  if (allow.includes(ALLOW)) return "all";
  const names = allow.flatMap((argument) => argument.slice(ALLOW.length + 1).split(","));
  const unknown = names.filter((name) => !suites.includes(name));
  if (unknown.length === 0) return names;
  throw new InteropError("usage", `${ALLOW}: ${unknown.join(", ")} is no suite. The suites are ${suites.join(", ")}.`);
}
