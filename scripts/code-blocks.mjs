/** The fenced code blocks of the documentation, with where they stand. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./workspace.mjs";

/** Markdown files at the root and below `docs/`, and what each package is published with. */
export function documents() {
  const docs = readdirSync(join(root, "docs"), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".md"))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .filter((file) => !file.includes("node_modules"));
  const top = readdirSync(root).filter((name) => name.endsWith(".md"));
  const readmes = readdirSync(join(root, "packages")).map((name) => join(root, "packages", name, "README.md"));
  return [...top.map((name) => join(root, name)), ...docs, ...readmes.filter((file) => existsSync(file))];
}

/** Blocks of one language, in order: `{ file, line, code }`. */
export function codeBlocks(file, language) {
  const blocks = [];
  let open = null;
  readFileSync(file, "utf8")
    .split("\n")
    .forEach((text, index) => {
      if (open !== null && text === "```") {
        blocks.push({ file, line: open.line, code: `${open.lines.join("\n")}\n` });
        open = null;
      } else if (open !== null) open.lines.push(text);
      else if (text === `\`\`\`${language}`) open = { line: index + 2, lines: [] };
    });
  return blocks;
}
