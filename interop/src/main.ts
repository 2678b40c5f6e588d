/**
 * `pnpm interop SUITE`: foreign software as the judge of this server. Progress goes to stderr.
 *
 * @module
 */
import { InteropError } from "./errors.ts";
import { figuresOf } from "./figures.ts";
import { type Options, readOptions } from "./options.ts";
import { readFigures, writeFigures } from "./results.ts";
import { runSuites } from "./run.ts";
import { withServer } from "./server.ts";
import { SCIM_SUITES } from "./suites/index.ts";
import { formatVerdict } from "./table.ts";
import type { Verdict } from "./verdict.ts";

const NAMES: readonly string[] = SCIM_SUITES.map(({ name }) => name);

try {
  const options = readOptions(process.argv.slice(2), NAMES);
  const verdict = await judge(options);
  console.log(formatVerdict(verdict));
  if (options.writeReadme) publish(verdict);
  if (options.json) console.log(JSON.stringify(verdict));
  process.exitCode = verdict.ok ? 0 : 1;
} catch (error) {
  if (!(error instanceof InteropError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error.code === "usage" ? 2 : 1;
}

function judge({ quick, allowMissing, writeReadme }: Options): Promise<Verdict> {
  const before = writeReadme ? [] : readFigures();
  return runSuites({
    suites: SCIM_SUITES.filter(({ foreign }) => !quick || !foreign),
    withServer,
    standard: {
      mayMiss: (suite) => allowMissing === "all" || allowMissing.includes(suite),
      passedBefore: new Map(before.map(({ suite, passed }) => [suite, passed])),
    },
    note: (text) => void process.stderr.write(`▸ ${text}\n`),
  });
}

/** @throws {InteropError} `usage` for figures that nobody should publish */
function publish({ ok, suites, missing }: Verdict): void {
  if (!ok || missing.length > 0) throw new InteropError("usage", "The figures were not written: the run is not good.");
  writeFigures(suites.map(figuresOf));
}
