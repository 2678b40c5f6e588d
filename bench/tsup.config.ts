import { defineConfig } from "tsup";

/** Not published, and run from here: no declarations, and everything from elsewhere stays where it is installed. */
export default defineConfig({
  entry: {
    main: "src/main.ts",
    "muster-server": "src/servers/muster-server.ts",
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
