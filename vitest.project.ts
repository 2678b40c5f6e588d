import { defineProject, type UserWorkspaceConfig } from "vitest/config";

/**
 * What every package's `vitest.config.ts` exports: tests mirror `src` under `test/`, and other packages of the
 * workspace are read from their sources, so that a test run needs no build.
 */
export function packageTests(name: string): UserWorkspaceConfig {
  return defineProject({
    test: { name, include: ["test/**/*.test.ts"], testTimeout: 20_000 },
    ssr: { resolve: { conditions: ["@muster/source"] } },
  });
}
