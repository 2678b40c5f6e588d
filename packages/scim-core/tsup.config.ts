import { defineConfig } from "tsup";
import { library } from "../../tsup.library.ts";

export default defineConfig(
  library({
    index: "src/index.ts",
    http: "src/http/index.ts",
    openapi: "src/openapi.ts",
    testing: "src/testing/index.ts",
  }),
);
