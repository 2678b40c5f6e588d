import { describe, expect, it } from "vitest";
import { type Connection, openConnection } from "../../src/sqlite/driver.ts";
import { migrate } from "../../src/sqlite/migrate.ts";

interface Key {
  readonly table: string;
  readonly first: string;
}

/** Primary keys and unique indexes, each with its first column, as the catalog of a migrated database has them. */
const KEYS = `
  select tables.name as "table", columns.name as first
  from pragma_table_list as tables
  join pragma_index_list(tables.name) as indexes on indexes."unique"
  join pragma_index_info(indexes.name) as columns on columns.seqno = 0
  where tables.type = 'table' and tables.name not like 'sqlite_%'
  union all
  select tables.name, columns.name
  from pragma_table_list as tables
  join pragma_table_info(tables.name) as columns on columns.pk = 1
  where tables.type = 'table' and tables.name not like 'sqlite_%'`;

/** Where another first column is right, and why. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  tenants: "its id is the tenant id",
  connections: "its id is the connection id",
  sync_events: "the order of writing identifies an entry",
  audit: "the order of writing identifies an entry",
  sign_ins: "the order of writing identifies an entry",
  changes: "the order of writing identifies an entry",
};

async function openMigrated(): Promise<Connection> {
  const connection = openConnection(":memory:");
  await migrate(connection, 0);
  return connection;
}

describe("the schema", () => {
  it("begins every primary key and unique index with the tenant or connection id", async () => {
    const keys = (await openMigrated()).all(KEYS) as readonly Key[];
    expect(new Set(keys.map(({ table }) => table)).size).toBeGreaterThanOrEqual(18);
    const others = keys.filter(({ first }) => first !== "tenant_id" && first !== "connection_id");
    expect([...new Set(others.map(({ table }) => table))].sort()).toEqual(Object.keys(EXCEPTIONS).sort());
    expect(others.map(({ first }) => first).filter((first) => first !== "id" && first !== "position")).toEqual([]);
  });

  it("is strict about types everywhere", async () => {
    const lax = "select name from pragma_table_list where type = 'table' and not strict and name not like 'sqlite_%'";
    expect((await openMigrated()).all(lax)).toEqual([]);
  });
});
