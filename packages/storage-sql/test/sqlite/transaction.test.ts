import { describe, expect, it } from "vitest";
import { type Connection, openConnection } from "../../src/sqlite/driver.ts";
import type { Sql } from "../../src/sqlite/sql.ts";
import { inTransaction } from "../../src/sqlite/transaction.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const folder = temporaryFolder();
const INSERT = "insert into things (name) values (:name)";

function openThings(path = ":memory:"): Connection {
  const connection = openConnection(path);
  connection.script("create table things (name text primary key) strict");
  return connection;
}

const names = (connection: Connection) =>
  connection.all("select substr(name, 1, 5) as name from things").map((row) => (row as { readonly name: string }).name);

describe("a transaction", () => {
  it("commits what resolves, and rolls back what rejects, with the same error", async () => {
    const connection = openThings();
    await inTransaction(connection, 0, async (sql) => sql.all(INSERT, { name: "first" }));
    const failure = new Error("changed my mind");
    const failed = inTransaction(connection, 0, async (sql) => {
      sql.all(INSERT, { name: "other" });
      throw failure;
    });
    await expect(failed).rejects.toBe(failure);
    expect(names(connection)).toEqual(["first"]);
  });

  it("goes on after a statement that a unique key refused", async () => {
    const connection = openThings();
    const insert = (sql: Sql, name: string) => sql.insert(`${INSERT} returning 1`, { name }, { name: "thing" });
    const results = await inTransaction(connection, 0, async (sql) =>
      ["one", "one", "two"].map((name) => insert(sql, name)),
    );
    expect(results).toEqual([{ ok: true }, { ok: false, conflict: "thing" }, { ok: true }]);
    expect(names(connection)).toEqual(["one", "two"]);
  });

  it("leaves nothing behind when the disk is full, and the next one works", async () => {
    const connection = openThings(folder.file("full.db"));
    connection.script("pragma max_page_count = 10");
    const filled = inTransaction(connection, 0, async (sql) => {
      sql.all(INSERT, { name: "small" });
      sql.all(INSERT, { name: "large".repeat(100_000) });
    });
    await expect(filled).rejects.toMatchObject({ code: "unavailable", hint: expect.stringContaining("free space") });
    expect(names(connection)).toEqual([]);
    await inTransaction(connection, 0, async (sql) => sql.all(INSERT, { name: "small" }));
    expect(names(connection)).toEqual(["small"]);
    connection.close();
  });

  it("runs no statement on its own after SQLite has rolled back by itself", async () => {
    const connection = openThings();
    const broken = inTransaction(connection, 0, async (sql) => {
      sql.all(INSERT, { name: "first" });
      connection.script("rollback");
      sql.all(INSERT, { name: "alone" });
    });
    await expect(broken).rejects.toMatchObject({ code: "unavailable" });
    expect(names(connection)).toEqual([]);
  });

  it("does not claim to have committed what SQLite rolled back", async () => {
    const connection = openThings();
    const broken = inTransaction(connection, 0, async (sql) => {
      sql.all(INSERT, { name: "first" });
      connection.script("rollback");
    });
    await expect(broken).rejects.toMatchObject({ code: "unavailable" });
  });
});
