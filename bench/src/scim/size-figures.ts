/**
 * What a host pays before the first request: bytes and time to load.
 *
 * @module
 */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import type { Figure } from "../figure.ts";

const PROTOCOL = ["@muster/scim-core"];
const SERVICE = [...PROTOCOL, "@muster/scim-core/http"];
const FOLDER = fileURLToPath(new URL("../", import.meta.url));
const STARTS = 15;

export async function sizeFigures(found: (figure: Figure) => void): Promise<void> {
  found({ ...(await bundleFigure("bundle-gzip-kb", PROTOCOL)), target: "<= 25" });
  found(await bundleFigure("bundle-with-http-gzip-kb", SERVICE));
  found(importFigure("import-scim-core-ms", SERVICE, "<= 80"));
  found(importFigure("import-all-ms", ["@muster/provisioning-engine"], "<= 250"));
}

/** Entry points of the protocol core and all that they import, minified, as an edge runtime would load them. */
async function bundleFigure(name: string, entries: readonly string[]): Promise<Figure> {
  const { outputFiles } = await build({
    stdin: {
      contents: entries.map((entry) => `export * from ${JSON.stringify(entry)};`).join("\n"),
      resolveDir: FOLDER,
    },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "node",
    target: "node20",
    write: false,
  });
  const bytes = outputFiles[0]?.contents ?? new Uint8Array();
  const value = gzipSync(bytes).length / 1000;
  const detail = `${entries.join(" and ")} with all dependencies, ${kilobytes(bytes.length)} unpacked`;
  return { name, value, unit: "kB", detail };
}

function kilobytes(bytes: number): string {
  return `${Math.round(bytes / 1000)} kB`;
}

/** Node's own start is not counted; of several the one that took least was disturbed least. */
function importFigure(name: string, specifiers: readonly string[], target: string): Figure {
  const program = `const before = process.cpuUsage();
    for (const specifier of ${JSON.stringify(specifiers)}) await import(specifier);
    const { user, system } = process.cpuUsage(before);
    console.log((user + system) / 1000);`;
  const times = Array.from({ length: STARTS }, () =>
    Number(
      execFileSync(process.execPath, ["--input-type=module", "--eval", program], { cwd: FOLDER, encoding: "utf8" }),
    ),
  );
  return {
    name,
    value: Math.min(...times),
    unit: "ms",
    target,
    detail: `${specifiers.join(" and ")}, CPU time, the least of ${STARTS} processes`,
  };
}
