import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createUsers } from "../../src/sqlite/directory-users.ts";
import { openConnection } from "../../src/sqlite/driver.ts";
import { migrate } from "../../src/sqlite/migrate.ts";
import type { Sql } from "../../src/sqlite/sql.ts";
import { inTransaction } from "../../src/sqlite/transaction.ts";
import { aUser } from "./records.ts";

async function withSql<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
  const connection = openConnection(":memory:");
  await migrate(connection, 0);
  const result = await inTransaction(connection, 0, work);
  connection.close();
  return result;
}

describe("directory users", () => {
  it("names the id first, then the user name, then the external id, when several are taken", async () => {
    const conflicts = await withSql(async (sql) => {
      const users = createUsers(sql);
      const ada = aUser("ada", { externalId: "1" });
      await users.insert(ada);
      return [
        await users.insert(ada),
        await users.insert({ ...ada, id: "other" }),
        await users.insert({ ...ada, id: "other", userName: "other" }),
      ];
    });
    expect(conflicts).toEqual(["id", "userName", "externalId"].map((conflict) => ({ ok: false, conflict })));
  });

  it("keeps no address in the look-up table once a person is deleted", async () => {
    const rows = await withSql(async (sql) => {
      const users = createUsers(sql);
      await users.insert(aUser("ada", { emails: ["Ada@acme.test", "ada@home.test"] }));
      await users.insert(aUser("bob"));
      await users.update(aUser("ada", { version: 2, deletedAt: "2026-01-02T00:00:00.000Z" }));
      return sql.all("select email_lower from user_emails", {});
    });
    expect(rows).toEqual([{ email_lower: "bob@acme.test" }]);
  });

  it("knows their number after any sequence of insertions and deletions, refused ones included", async () => {
    const steps = fc.array(fc.record({ id: fc.constantFrom("a", "b", "c", "d"), isDeleted: fc.boolean() }));
    const counts = (given: readonly { readonly id: string; readonly isDeleted: boolean }[]) =>
      withSql(async (sql) => {
        const users = createUsers(sql);
        for (const { id, isDeleted } of given) {
          const deletion = { version: 2, deletedAt: "2026-01-02T00:00:00.000Z" };
          await (isDeleted ? users.update(aUser(id, deletion)) : users.insert(aUser(id)));
        }
        const found = await users.find({ connectionId: "connection", lookups: [], limit: 10 });
        return { counted: await users.count("connection", []), found: found.length };
      });
    await fc.assert(
      fc.asyncProperty(steps, async (given) => {
        const { counted, found } = await counts(given);
        expect(counted).toBe(found);
      }),
      { seed: 20_260_101, numRuns: 60 },
    );
  });
});
