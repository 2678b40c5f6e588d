/**
 * Compiles every ```ts block of the documentation, strictly, against the sources, and follows every relative link
 * to its heading.
 * A block stands for a file: it imports what it uses.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { codeBlocks, documents } from "./code-blocks.mjs";
import { note, root, tool } from "./workspace.mjs";

// Below `docs`, whose manifest declares what the blocks may import.
const folder = join(root, "docs/.code-blocks");
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const blocks = documents().flatMap((file) => codeBlocks(file, "ts"));
for (const { file, line, code } of blocks) {
  const name = `${relative(root, file).replaceAll(/[^a-zA-Z0-9]+/g, "-")}-${line}.ts`;
  writeFileSync(join(folder, name), `${code}\nexport {};\n`);
}
writeFileSync(
  join(folder, "tsconfig.json"),
  JSON.stringify({
    extends: "../../tsconfig.base.json",
    compilerOptions: { isolatedDeclarations: false },
    include: ["*.ts"],
  }),
);
const compiled = tool("tsc", ["-p", join(folder, "tsconfig.json")]) === 0;
rmSync(folder, { recursive: true, force: true });

/** Of the headings of a page, as GitHub makes them; none of what is no page. */
const anchorsOf = (file) =>
  file.endsWith(".md")
    ? [...readFileSync(file, "utf8").matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchor(heading))
    : [];
const anchor = (heading) =>
  heading
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}_ -]/gu, "")
    .trim()
    .replaceAll(" ", "-");

const dead = documents().flatMap((file) =>
  [...readFileSync(file, "utf8").matchAll(/\]\((?!https?:|mailto:)([^)#]*)(?:#([^)]*))?\)/g)].flatMap(
    ([, path, fragment]) => {
      const target = path === "" ? file : join(dirname(file), path);
      if (!existsSync(target)) return [`${relative(root, file)}: ${path} does not exist`];
      const isThere = fragment === undefined || !target.endsWith(".md") || anchorsOf(target).includes(fragment);
      return isThere ? [] : [`${relative(root, file)}: ${path} has no heading "${fragment}"`];
    },
  ),
);
for (const line of dead) console.error(line);
note(`${blocks.length} code blocks compiled, ${dead.length} dead links`);
process.exit(compiled && dead.length === 0 && blocks.length > 0 ? 0 : 1);
