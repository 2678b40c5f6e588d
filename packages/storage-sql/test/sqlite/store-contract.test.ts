import { testStoreContract } from "@muster/provisioning-engine/testing";
import { describe, it } from "vitest";
import { type SqliteStoreOptions, sqliteStore } from "../../src/sqlite/index.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const folder = temporaryFolder();

describe("in a file", () => {
  let files = 0;
  const newPath = (): string => {
    files += 1;
    return folder.file(`contract-${files}.db`);
  };
  const paths = new WeakMap<object, string>();
  const open = (path: string) => {
    const store = sqliteStore({ path } satisfies SqliteStoreOptions);
    paths.set(store, path);
    return store;
  };
  testStoreContract({
    runner: { describe, it },
    newStore: () => open(newPath()),
    reopenStore: (closed) => open(paths.get(closed) ?? ""),
  });
});

describe("in memory", () => {
  testStoreContract({ runner: { describe, it }, newStore: () => sqliteStore({ path: ":memory:" }) });
});
