/**
 * `pnpm mutate saml [RULE]`: switches each check off in a copy of the sources, and wants a test that is named after its
 * rule to fail. Fails when one survives. The checks are those of `mutations/`.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MUTATIONS } from "./mutations/saml.mjs";
import { ensureInstalled, fail, note, requireNode, root } from "./workspace.mjs";

const PACKAGE = "packages/saml-sp";
const ATTACKS = "test/vectors/vectors.test.ts";

requireNode();
ensureInstalled();
const [suite, wanted] = process.argv.slice(2);
if (suite !== "saml") fail("pnpm mutate takes saml, and a rule if not all are meant: pnpm mutate saml R7");
const chosen = MUTATIONS.filter(([rule]) => wanted === undefined || rule === wanted);
if (chosen.length === 0) fail(`No check is of the rule ${wanted}.`);
for (const mutation of chosen) checkText(mutation);

const copy = mkdtempSync(join(tmpdir(), "muster-mutants-"));
try {
  const folder = copySources();
  const survivors = [...soundRules(folder), ...chosen.filter((mutation) => !isKilled(folder, mutation))];
  note(`${chosen.length - survivors.length} of ${chosen.length} checks are proved by a test of their rule`);
  process.exitCode = survivors.length === 0 ? 0 : 1;
} finally {
  rmSync(copy, { recursive: true, force: true });
}

/** All at the start: a run takes minutes, and a check that was rewritten since is to be found at once. */
function checkText([rule, check, file, text]) {
  const source = readFileSync(join(root, PACKAGE, "src", file), "utf8");
  if (source.split(text).length !== 2) fail(`${rule}, ${check}: the text does not stand once in ${file}.`);
}

/** What the tests of the package need, so that nothing here is touched. */
function copySources() {
  const folder = join(copy, PACKAGE);
  for (const name of ["src", "test", "package.json", "vitest.config.ts"]) {
    cpSync(join(root, PACKAGE, name), join(folder, name), { recursive: true });
  }
  cpSync(join(root, "vitest.project.ts"), join(copy, "vitest.project.ts"));
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  symlinkSync(join(root, PACKAGE, "node_modules"), join(folder, "node_modules"));
  return folder;
}

/** A test that fails anyway proves nothing. */
function soundRules(folder) {
  const rules = [...new Set(chosen.map(([rule]) => rule))];
  const unsound = rules.filter((rule) => {
    const { passed, failed } = runTests(folder, rule);
    return passed === 0 || failed.length > 0;
  });
  for (const rule of unsound) console.log(`${rule}  has no tests, or they fail without a change`);
  return unsound;
}

function isKilled(folder, [rule, check, file, text, replacement]) {
  const path = join(folder, "src", file);
  const source = readFileSync(path, "utf8");
  writeFileSync(
    path,
    source.replace(text, () => replacement),
  );
  const { failed } = runTests(folder, rule);
  writeFileSync(path, source);
  const verdict = failed[0] === undefined ? "SURVIVES" : `${failed.length} fail: ${failed[0]}`;
  console.log(`${rule.padEnd(4)}${check.padEnd(42)}${verdict}`);
  return failed.length > 0;
}

/** The tests whose names name the rule, in the files that name it, and all the attacks. */
function runTests(folder, rule) {
  const report = join(copy, "report.json");
  const files = readdirSync(join(folder, "test"), { recursive: true })
    .map((name) => join("test", name))
    .filter((name) => name.endsWith(".test.ts") && (name === ATTACKS || names(join(folder, name), rule)));
  spawnSync(
    join(root, "node_modules/.bin/vitest"),
    [
      "run",
      "--pool=threads",
      "--testNamePattern",
      `${rule}(?!\\d)`,
      "--reporter=json",
      `--outputFile=${report}`,
      ...files,
    ],
    { cwd: folder, stdio: "ignore" },
  );
  const { testResults } = JSON.parse(readFileSync(report, "utf8"));
  rmSync(report);
  const results = testResults.flatMap(({ assertionResults }) => assertionResults);
  const ended = (status) => results.filter((result) => result.status === status);
  return { passed: ended("passed").length, failed: ended("failed").map(({ title }) => title) };
}

function names(path, rule) {
  return new RegExp(`${rule}(?!\\d)`).test(readFileSync(path, "utf8"));
}
