import { describe, it } from "vitest";
import { memoryStore } from "../../../src/storage/memory/index.ts";
import { testStoreContract } from "../../../src/testing/index.ts";
import { delayedStore } from "../delayed-store.ts";

describe("the memory store", () => {
  testStoreContract({ runner: { describe, it }, newStore: memoryStore });
});

describe("a store that takes its time", () => {
  testStoreContract({ runner: { describe, it }, newStore: () => delayedStore(memoryStore()) });
});
