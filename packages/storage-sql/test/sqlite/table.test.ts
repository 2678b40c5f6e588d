import { describe, expect, it } from "vitest";
import { defineTable } from "../../src/sqlite/table.ts";

interface Person {
  readonly houseId: string;
  readonly nickName: string | null;
  readonly isHome: boolean;
  readonly tags: readonly string[];
  readonly guest: { readonly of: string; readonly since: string | null } | null;
}

const people = defineTable<Person>(
  "people",
  {
    houseId: "plain",
    nickName: "plain",
    isHome: "flag",
    tags: "json",
    guest: { of: "guest_of", since: "guest_since" },
  },
  { fixed: ["houseId"], folded: ["nickName"] },
);

const ada: Person = { houseId: "a", nickName: "Ada", isHome: true, tags: ["x"], guest: { of: "bo", since: null } };
const row = {
  house_id: "a",
  nick_name: "Ada",
  nick_name_lower: "ada",
  is_home: 1,
  tags: '["x"]',
  guest_of: "bo",
  guest_since: null,
};

describe("A table", () => {
  it("writes every column, in an update all but the fixed ones", () => {
    expect(people.insert).toBe(
      "insert into people (house_id, nick_name, is_home, tags, guest_of, guest_since, nick_name_lower) " +
        "values (:house_id, :nick_name, :is_home, :tags, :guest_of, :guest_since, :nick_name_lower)",
    );
    expect(people.update).toBe(
      "update people set nick_name = :nick_name, is_home = :is_home, tags = :tags, guest_of = :guest_of, " +
        "guest_since = :guest_since, nick_name_lower = :nick_name_lower",
    );
  });

  it("makes a record a row, and a row the record", () => {
    expect(people.toRow(ada)).toEqual(row);
    expect(people.toEntry(row)).toEqual(ada);
  });

  it("keeps null where a field may be null, in each of its columns", () => {
    const nobody: Person = { ...ada, nickName: null, guest: null };
    const empty = { ...row, nick_name: null, nick_name_lower: null, guest_of: null, guest_since: null };
    expect(people.toRow(nobody)).toEqual(empty);
    expect(people.toEntry(empty)).toEqual(nobody);
  });

  it("takes over no field that it does not know", () => {
    const stranger = { ...ada, other: "x" };
    expect(people.toRow(stranger)).toEqual(row);
    expect(people.toEntry({ ...row, position: 7 })).toEqual(ada);
  });
});
