/**
 * `main.js` lists the suites; `main.js SUITE [--json] [--save FILE]` runs one. With `--json` the last line on stdout is
 * one JSON object, and everything for people goes to stderr.
 *
 * @module
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import type { Figure, Suite } from "./figure.ts";
import { jsonLine, type Results, resultsFile, textLine } from "./report.ts";
import { samlSuite } from "./saml/saml-suite.ts";
import { scimSuite } from "./scim/scim-suite.ts";

const SUITES: readonly Suite[] = [scimSuite, samlSuite];

interface Options {
  readonly json?: boolean | undefined;
  readonly save?: string | undefined;
}

async function run(suite: Suite, { json = false, save }: Options): Promise<void> {
  const figures: Figure[] = [];
  const tell = json ? console.error : console.log;
  await suite.run((figure) => {
    figures.push(figure);
    tell(textLine(figure));
  });
  const results: Results = { suite: suite.name, node: process.version, figures };
  if (save !== undefined) writeFileSync(save, resultsFile(results));
  if (json) console.log(jsonLine(results));
}

function listSuites(): void {
  for (const { name, title } of SUITES) console.log(`${name.padEnd(12)}${title}`);
}

const { values, positionals } = parseArgs({
  options: { json: { type: "boolean" }, save: { type: "string" } },
  allowPositionals: true,
});
const [name] = positionals;
const suite = SUITES.find((one) => one.name === name);
if (suite !== undefined) {
  await run(suite, values);
} else {
  listSuites();
  if (name !== undefined) console.error(`There is no suite "${name}".`);
  process.exitCode = name === undefined ? 0 : 2;
}
