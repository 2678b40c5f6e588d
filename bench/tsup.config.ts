import { defineConfig } from "tsup";

/** Not published, and run from here: no declarations, and everything from elsewhere stays where it is installed. */
export default defineConfig({
  entry: {
    main: "src/main.ts",
    "engine-server": "src/servers/engine-server.ts",
    "core-server": "src/servers/core-server.ts",
    "scimmy-server": "src/servers/scimmy-server.ts",
    "floor-server": "src/servers/floor-server.ts",
    "load-client": "src/http/load-client.ts",
  },
  format: ["esm"],
  target: "node20",
  platform: "node",
  clean: true,
  sourcemap: true,
  splitting: true,
  skipNodeModulesBundle: true,
});
