import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openStore, readStoreUrl } from "../src/store-url.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "muster-store-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("readStoreUrl", () => {
  it.each([
    ["memory:", { kind: "memory" }],
    ["sqlite:dev.db", { kind: "sqlite", path: resolve("dev.db") }],
    ["sqlite:/var/dev.db", { kind: "sqlite", path: "/var/dev.db" }],
    ["sqlite:///var/dev.db", { kind: "sqlite", path: "/var/dev.db" }],
  ])("reads %s", (url, location) => {
    expect(readStoreUrl(url)).toEqual(location);
  });

  it.each(["", "sqlite:", "memory:x", "mysql://x", "dev.db"])("refuses %j and says what is understood", (url) => {
    expect(() => readStoreUrl(url)).toThrow("expected memory: or sqlite:PATH");
    expect(() => readStoreUrl(url)).toThrow(expect.objectContaining({ exitCode: 2 }));
  });

  it("says that PostgreSQL has no adapter, without repeating the password", () => {
    const read = () => readStoreUrl("postgres://muster:hunter2@db.example/muster");
    expect(read).toThrow("no PostgreSQL adapter yet");
    expect(read).not.toThrow("hunter2");
  });
});

describe("openStore", () => {
  it("makes the folder of an SQLite file", async () => {
    const path = join(folder, "a", "b", "dev.db");
    const store = openStore(`sqlite:${path}`);
    await store.migrate();
    await store.close();
    expect(existsSync(path)).toBe(true);
  });

  it("tells that the folder cannot be made", () => {
    writeFileSync(join(folder, "file"), "");
    expect(() => openStore(`sqlite:${join(folder, "file", "dev.db")}`)).toThrow("cannot be made");
  });
});
