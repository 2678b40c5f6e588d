import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeGroups, makePeople } from "../src/index.ts";

describe("makePeople", () => {
  it("makes the same people in every run, every third one a reader", () => {
    expect(makePeople(3).map(({ userName, isTeamAccount }) => [userName, isTeamAccount])).toEqual([
      ["mira.okafor@brightharbor.example", true],
      ["tomas.lind@brightharbor.example", true],
      ["priya.nair@brightharbor.example", false],
    ]);
    expect(makePeople(5)).toEqual(makePeople(5));
  });

  it("never repeats a userName or an externalId", () => {
    const people = makePeople(3000);
    expect(new Set(people.map((person) => person.userName)).size).toBe(3000);
    expect(new Set(people.map((person) => person.externalId)).size).toBe(3000);
  });

  it("gives ranges that fit together", () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(50), (first, count) => {
        expect(makePeople(count, first)).toEqual(makePeople(first + count).slice(first));
      }),
    );
  });
});

describe("makeGroups", () => {
  it("never repeats a name, also beyond the list of names", () => {
    expect(new Set(makeGroups(30).map((group) => group.displayName)).size).toBe(30);
    expect(makeGroups(1, 8)[0]?.displayName).toBe("Docs editors 2");
  });
});
