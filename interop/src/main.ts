/**
 * `pnpm interop FAMILY`: foreign software as the judge of this checkout. Progress goes to stderr.
 *
 * @module
 */
import { InteropError } from "./errors.ts";
import { figuresOf } from "./figures.ts";
import { type Options, readOptions } from "./options.ts";
import { readFigures, writeFigures } from "./results.ts";
import { runSuites } from "./run.ts";
import { withServer } from "./server.ts";
import type { FamilyName, Suite } from "./suite.ts";
import { SAML_SUITES, SCIM_SUITES } from "./suites/index.ts";
import { formatVerdict } from "./table.ts";
import type { Verdict } from "./verdict.ts";

const SUITES: Readonly<Record<FamilyName, readonly Suite[]>> = { scim: SCIM_SUITES, saml: SAML_SUITES };
const names = (family: FamilyName) => SUITES[family].map(({ name }) => name);

try {
  const options = readOptions(process.argv.slice(2), { scim: names("scim"), saml: names("saml") });
  const verdict = await judge(options);
  console.log(formatVerdict(verdict));
  if (options.writeReadme) publish(options.family, verdict);
  if (options.json) console.log(JSON.stringify(verdict));
  process.exitCode = verdict.ok ? 0 : 1;
} catch (error) {
  if (!(error instanceof InteropError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error.code === "usage" ? 2 : 1;
}

function judge({ family, quick, allowMissing, writeReadme }: Options): Promise<Verdict> {
  const before = writeReadme ? [] : readFigures(family);
  const suites = SUITES[family].filter(({ foreign }) => !quick || !foreign);
  if (suites.length === 0) note(`Every suite of ${family} needs more than Node: there is nothing to run.`);
  return runSuites({
    suites,
    withServer,
    standard: {
      mayMiss: (suite) => allowMissing === "all" || allowMissing.includes(suite),
      passedBefore: new Map(before.map(({ suite, passed }) => [suite, passed])),
    },
    note,
  });
}

function note(text: string): void {
  process.stderr.write(`▸ ${text}\n`);
}

/** @throws {InteropError} `usage` for figures that nobody should publish */
function publish(family: FamilyName, { ok, suites, missing }: Verdict): void {
  if (!ok || missing.length > 0) throw new InteropError("usage", "The figures were not written: the run is not good.");
  writeFigures(family, suites.map(figuresOf));
}
