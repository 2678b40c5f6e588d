/**
 * Every requirement has a test that names it: `it("D17: …")`. Those on the SCIM endpoints are a fixture of the SCIM
 * core, those on the product and its invariants one of the engine.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { note, packageFolders, root } from "./workspace.mjs";

const requirements = ["scim-core", "provisioning-engine"].flatMap(requirementsOf);
const named = new Set(packageFolders().flatMap((folder) => testNames(join(root, folder, "test"))));
const missing = requirements.filter(({ id }) => !named.has(id));
for (const { id, requirement } of missing) console.error(`${id} has no test that names it: ${requirement}`);
note(`${requirements.length - missing.length} of ${requirements.length} requirements have a test`);
process.exit(missing.length === 0 && requirements.length > 0 ? 0 : 1);

function requirementsOf(name) {
  return JSON.parse(readFileSync(join(root, "packages", name, "test/fixtures/requirements.json"), "utf8"));
}

/**
 * The requirements that stand at the beginning of a test's name, alone or in a list, there or after a parameter. Cases
 * that run on several stores count as tests.
 */
function testNames(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /(\.test|-cases)\.ts$/.test(entry.name))
    .flatMap((entry) => {
      const text = readFileSync(join(entry.parentPath ?? entry.path, entry.name), "utf8");
      return [...text.matchAll(/["'`]((?:[A-Z]\d{1,3}(?:, | and )?)+)[:"'`,\s]/g)].flatMap(([, ids]) =>
        ids.match(/[A-Z]\d+/g),
      );
    });
}
