import { describe, expect, it } from "vitest";
import { type Connection, openConnection } from "../../src/sqlite/driver.ts";
import { sqliteMigrations, sqliteStore } from "../../src/sqlite/index.ts";
import { migrate } from "../../src/sqlite/migrate.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const folder = temporaryFolder();

function read(connection: Connection, name: string): unknown {
  return Object.values(connection.all(`pragma ${name}`)[0] as object)[0];
}

const tables = (connection: Connection) => connection.all("select name from sqlite_schema where type = 'table'");

describe("the migrations", () => {
  it("are numbered from 1 in their order, in plain SQL", () => {
    const numbers = sqliteMigrations.map(({ number }) => number);
    expect(numbers[0]).toBe(1);
    expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b));
    expect(sqliteMigrations[0]?.sql).toContain("create table users (");
  });

  it("bring an empty file up to date, in WAL mode with full synchronisation", async () => {
    const connection = openConnection(folder.file("fresh.db"));
    await migrate(connection, 0);
    expect(read(connection, "user_version")).toBe(sqliteMigrations.at(-1)?.number);
    expect(read(connection, "journal_mode")).toBe("wal");
    expect(read(connection, "synchronous")).toBe(2);
    connection.close();
  });

  it("change nothing the second time", async () => {
    const connection = openConnection(folder.file("twice.db"));
    await migrate(connection, 0);
    const version = read(connection, "schema_version");
    await migrate(connection, 0);
    expect(read(connection, "schema_version")).toBe(version);
    connection.close();
  });

  it("run once when several stores start together", async () => {
    const stores = Array.from({ length: 5 }, () => sqliteStore({ path: folder.file("together.db") }));
    await Promise.all(stores.map((store) => store.migrate()));
    await Promise.all(stores.map((store) => store.close()));
  });

  it("refuse a database that a newer version has made, and leave it alone", async () => {
    const connection = openConnection(folder.file("newer.db"));
    await migrate(connection, 0);
    connection.script("pragma user_version = 1000");
    await expect(migrate(connection, 0)).rejects.toMatchObject({
      code: "invalid_options",
      message: "The database is newer than this version of the software.",
      facts: { databaseVersion: 1000, supportedVersion: sqliteMigrations.at(-1)?.number },
    });
    expect(read(connection, "user_version")).toBe(1000);
    connection.close();
  });

  it("refuse the database of another application, and leave it alone", async () => {
    const connection = openConnection(folder.file("foreign.db"));
    connection.script("create table invoices (id text)");
    await expect(migrate(connection, 0)).rejects.toMatchObject({
      code: "invalid_options",
      message: "The database file belongs to another application.",
    });
    expect(tables(connection)).toEqual([{ name: "invoices" }]);
    expect(read(connection, "journal_mode")).toBe("delete");
    connection.close();
  });

  it("mark as archived whom an archived connection had made inactive, and nobody else", async () => {
    const connection = openConnection(folder.file("archived.db"));
    await migrate(connection, 0);
    const owner = read(connection, "application_id");
    connection.script("alter table accounts drop column archived");
    connection.script("drop index connections_by_metadata_due");
    connection.script("alter table connections drop column metadata");
    connection.script("pragma user_version = 7");
    const settings = (mode: string) => JSON.stringify({ archive: { mode } });
    for (const [id, mode] of [
      ["gone", "deactivateAccounts"],
      ["kept", "detachAccounts"],
    ] as const) {
      connection.script(`insert into connections (id, tenant_id, presentation, settings, created_at, version)
        values ('${id}', 'acme', '{}', '${settings(mode)}', '2026', 1)`);
      for (const [name, inDirectory, active] of [
        ["ada", 1, 0],
        ["bob", 0, 0],
        ["cid", 1, 1],
      ] as const) {
        const person = `'${id}-${name}', '${id}-${name}', '${id}-${name}'`;
        connection.script(`insert into users (id, user_name, user_name_lower, connection_id, account_id, emails, active,
          attributes, created_at, modified_at, version)
          values (${person}, '${id}', '${id}-${name}', '[]', ${inDirectory}, '{}', '2026', '2026', 1)`);
        connection.script(`insert into accounts (id, user_name, user_name_lower, tenant_id, kind, name, name_lower, active,
          defaults_applied, break_glass, connection_id, directory_user_id, created_at, updated_at, version)
          values (${person}, 'acme', 'user', '', '', ${active}, '[]', 0, '${id}', '${id}-${name}', '2026', '2026', 1)`);
      }
    }
    await migrate(connection, 0);
    expect(read(connection, "application_id")).toBe(owner);
    expect(connection.all("select id from accounts where archived = 1")).toEqual([{ id: "gone-ada" }]);
    connection.close();
  });
});
