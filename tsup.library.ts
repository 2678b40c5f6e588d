import type { Options } from "tsup";

/** The one build shape of every package: ESM only, declarations, source maps, one file per public subpath. */
export function library(entry: Record<string, string>): Options {
  return {
    entry,
    format: ["esm"],
    target: "node20",
    platform: "node",
    dts: { entry, compilerOptions: { noEmit: false, rewriteRelativeImportExtensions: true, customConditions: [] } },
    clean: true,
    sourcemap: true,
    splitting: true,
    treeshake: true,
  };
}
