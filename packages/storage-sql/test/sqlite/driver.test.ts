import { describe, expect, it } from "vitest";
import { type Connection, openConnection } from "../../src/sqlite/driver.ts";
import { refusedColumn } from "../../src/sqlite/errors.ts";

const INSERT = "insert into things (owner, name) values (:owner, :name) on conflict do nothing returning name";

function openThings(): Connection {
  const connection = openConnection(":memory:");
  connection.script("create table things (owner text, name text, primary key (owner, name)) strict");
  return connection;
}

function errorOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

describe("the driver", () => {
  it("runs a prepared statement with the parameters of this call, also after an empty answer and an error", () => {
    const connection = openThings();
    const insert = (name: string) => connection.all(INSERT, { owner: "a", name });
    expect(insert("1")).toEqual([{ name: "1" }]);
    expect(insert("1")).toEqual([]);
    expect(insert("2")).toEqual([{ name: "2" }]);
    const strict = "insert into things (owner, name) values (:owner, :name)";
    expect(() => connection.all(strict, { owner: "a", name: "2" })).toThrow("refused a statement");
    expect(connection.all(strict, { owner: "a", name: "3" })).toEqual([]);
    expect(connection.all("select name from things order by name")).toEqual([
      { name: "1" },
      { name: "2" },
      { name: "3" },
    ]);
  });

  it.each([99, 100, 101, 250])("gives all of %i rows", (size) => {
    const connection = openThings();
    const names = Array.from({ length: size }, (_, index) => String(index));
    connection.all("insert into things select 'a', value from json_each(:names)", { names: JSON.stringify(names) });
    expect(connection.all("select * from things")).toHaveLength(size);
  });

  it.each([true, undefined, Number.NaN, {}])(
    "refuses the parameter %j, which libsql would die of or misread",
    (value) => {
      const connection = openThings();
      const parameters = { owner: "a", name: value as unknown as string };
      expect(errorOf(() => connection.all(INSERT, parameters))).toMatchObject({ code: "internal" });
      expect(connection.all("select * from things")).toEqual([]);
    },
  );

  it("names the column that a unique key was refused for", () => {
    const connection = openThings();
    const insert = () => connection.all("insert into things values ('a', 'b')");
    insert();
    expect(refusedColumn(errorOf(insert))).toBe("name");
    expect(refusedColumn(errorOf(() => connection.all("select nothing")))).toBeUndefined();
  });

  it("tells nothing of statements and values to whoever sees the message", () => {
    const error = errorOf(() => openThings().all("select secret from things"));
    expect(error).toMatchObject({ code: "internal", message: "The database refused a statement." });
    expect((error as Error).cause).toMatchObject({ message: expect.stringContaining("secret") });
  });
});
