/**
 * Compiles every ```ts block of the documentation, strictly, against the sources, and follows every relative link.
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

const dead = documents().flatMap((file) =>
  [...readFileSync(file, "utf8").matchAll(/\]\((?!https?:|mailto:|#)([^)#]+)(#[^)]*)?\)/g)]
    .filter(([, target]) => !existsSync(join(dirname(file), target)))
    .map(([, target]) => `${relative(root, file)}: ${target} does not exist`),
);
for (const line of dead) console.error(line);
note(`${blocks.length} code blocks compiled, ${dead.length} dead links`);
process.exit(compiled && dead.length === 0 && blocks.length > 0 ? 0 : 1);
