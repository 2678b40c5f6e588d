/**
 * `pnpm fuzz scim|saml [N]`: the seeded random tests of a package with more runs than the tests take: 200,000 and 100,000
 * when N is not given. `pnpm fuzz model [N]`: the model of the engine, 2,000 runs on each store when not given.
 * `pnpm fuzz family [N]`: a family with N people, 10,000 when not given, and a child for each hundred of them.
 */
import { fuzzModel } from "./fuzz-model.mjs";
import { ensureInstalled, fail, requireNode, tool } from "./workspace.mjs";

const SUITES = {
  scim: { projects: ["scim-core"], files: ["test/http/fuzz.test.ts"], variable: "FUZZ_RUNS", runs: 200_000 },
  saml: { projects: ["saml-sp"], files: ["test/vectors/fuzz.test.ts"], variable: "SAML_FUZZ_RUNS", runs: 100_000 },
  model: { runs: 2_000 },
  family: {
    projects: ["provisioning-engine"],
    files: ["test/inheritance/large-family.test.ts"],
    variable: "FAMILY_PEOPLE",
    runs: 10_000,
  },
};

requireNode();
ensureInstalled();
const [name = "", wanted] = process.argv.slice(2);
const suite = Object.hasOwn(SUITES, name) ? SUITES[name] : fail(`pnpm fuzz takes ${Object.keys(SUITES).join(", ")}.`);
const runs = Number(wanted ?? suite.runs);
if (!Number.isSafeInteger(runs) || runs < 1) fail("The number of runs must be a whole number from 1.");
if (name === "model") process.exit((await fuzzModel(runs)) ? 0 : 1);
const projects = suite.projects.flatMap((project) => ["--project", project]);
process.exit(tool("vitest", ["run", ...projects, ...suite.files], { env: { [suite.variable]: String(runs) } }));
