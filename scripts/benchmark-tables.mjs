/** The tables of `docs/benchmarks.md`, made from `bench/results/`. Run by itself: fails when a table is not of its results. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { fail, note, root } from "./workspace.mjs";

const PAGE = join(root, "docs/benchmarks.md");
const TABLE = /(<!-- results of (\S+) -->\n)[\s\S]*?(<!-- end of results -->)/g;

export function resultsPath(suite) {
  return join(root, "bench/results", `${suite}.json`);
}

export function writeTables() {
  writeFileSync(PAGE, withTables(readFileSync(PAGE, "utf8")));
}

function withTables(page) {
  return page.replaceAll(TABLE, (_, begin, suite, end) => `${begin}${tableOf(suite)}${end}`);
}

function tableOf(suite) {
  if (!existsSync(resultsPath(suite))) return "";
  const { node, figures } = JSON.parse(readFileSync(resultsPath(suite), "utf8"));
  const rows = figures.map(
    ({ name, value, unit, target = "", detail }) => `| \`${name}\` | ${value} ${unit} | ${target} | ${detail} |`,
  );
  return [
    "",
    "| figure | result | target | what was measured |",
    "|---|---|---|---|",
    ...rows,
    "",
    `On Node ${node}.`,
    "",
    "",
  ].join("\n");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const page = readFileSync(PAGE, "utf8");
  if (withTables(page) !== page) fail("docs/benchmarks.md is not of bench/results. Run: pnpm bench SUITE --save");
  note("The tables of docs/benchmarks.md are those of bench/results");
}
