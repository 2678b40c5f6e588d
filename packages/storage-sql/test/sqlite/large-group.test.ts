import { describe, expect, it } from "vitest";
import { type Connection, openConnection } from "../../src/sqlite/driver.ts";
import { createMembers } from "../../src/sqlite/members.ts";
import { migrate } from "../../src/sqlite/migrate.ts";
import { list } from "../../src/sqlite/sql.ts";
import { inTransaction } from "../../src/sqlite/transaction.ts";

const SIZE = 100_000;
const ids = Array.from({ length: SIZE }, (_, index) => String(index).padStart(6, "0"));
const ADD_USERS = `
  insert into users (connection_id, id, account_id, user_name, user_name_lower, emails, active, attributes, created_at,
    modified_at, version)
  select 'connection', value, value, value, value, '[]', 1, '{}', '2026', '2026', 1 from json_each(:ids)`;

async function openDirectory(): Promise<Connection> {
  const connection = openConnection(":memory:");
  await migrate(connection, 0);
  connection.all(ADD_USERS, { ids: list(ids) });
  return connection;
}

describe("a group of 100,000", () => {
  it("J08: is filled, replaced, read in pages and emptied, each in a few statements", async () => {
    const connection = await openDirectory();
    await inTransaction(connection, 0, async (sql) => {
      const members = createMembers(sql);
      const replace = (userIds: readonly string[]) =>
        members.replace("connection", "group", userIds, { inEffect: true });

      expect(await replace([...ids, "nobody"])).toEqual({ added: ids, removed: [], unknown: ["nobody"] });
      expect(await replace(ids)).toEqual({ added: [], removed: [], unknown: [] });
      expect(await replace(ids.slice(100))).toEqual({ added: [], removed: ids.slice(0, 100), unknown: [] });
      expect(await members.page("connection", "group", { after: "050000", limit: 3 })).toEqual(
        ids.slice(50_001, 50_004),
      );
      expect(await members.effective("connection", "group", { limit: SIZE })).toEqual(ids.slice(100));
      expect((await replace([])).removed).toHaveLength(SIZE - 100);
    });
    connection.close();
  });
});
