/**
 * `pnpm fuzz scim|saml [N]`: the seeded fuzz tests of a package with more runs than the tests take: 200,000 and 100,000
 * when N is not given.
 */
import { ensureInstalled, fail, requireNode, tool } from "./workspace.mjs";

const SUITES = {
  scim: { project: "scim-core", file: "test/http/fuzz.test.ts", variable: "FUZZ_RUNS", runs: 200_000 },
  saml: { project: "saml-sp", file: "test/vectors/fuzz.test.ts", variable: "SAML_FUZZ_RUNS", runs: 100_000 },
};

requireNode();
ensureInstalled();
const [name = "", wanted] = process.argv.slice(2);
const suite = Object.hasOwn(SUITES, name) ? SUITES[name] : fail(`pnpm fuzz takes ${Object.keys(SUITES).join(" or ")}.`);
const runs = Number(wanted ?? suite.runs);
if (!Number.isSafeInteger(runs) || runs < 1) fail("The number of runs must be a whole number from 1.");
process.exit(
  tool("vitest", ["run", "--project", suite.project, suite.file], { env: { [suite.variable]: String(runs) } }),
);
