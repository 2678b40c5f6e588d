import { defineConfig } from "tsup";

/** Not published, and run from here: no declarations, and packages stay where they are installed. */
export default defineConfig({
  entry: { main: "src/main.ts" },
  format: ["esm"],
  target: "node20",
  platform: "node",
  clean: true,
  sourcemap: true,
  skipNodeModulesBundle: true,
});
