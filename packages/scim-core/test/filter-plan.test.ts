import { describe, expect, it } from "vitest";
import { compileFilter, type FilterPlan, filterAttributes, parseFilter, planFilter } from "../src/index.ts";
import { group, mira, user } from "./types.ts";

const EVERY = ["id", "externalId", "userName", "displayName", "emails"];

const plan = (text: string, indexed = EVERY): FilterPlan => planFilter(parseFilter(text, user), indexed);
const shown = (text: string): string => {
  const { pushed, exact } = plan(text);
  return `${pushed.map(({ attribute, value }) => `${attribute}=${value}`).join("&")}${exact ? "!" : ""}`;
};

describe("planFilter", () => {
  it.each([
    ['userName eq "a"', "userName=a!"],
    ['ID eq "a"', "id=a!"],
    ['externalId eq "a"', "externalId=a!"],
    ['displayName eq "a"', "displayName=a!"],
    ['emails eq "a"', "emails=a!"],
    ['emails.value eq "a"', "emails=a!"],
    ['id eq "a" and userName eq "b"', "id=a&userName=b!"],
    ['id eq "a" and (userName eq "b" and externalId eq "c")', "id=a&userName=b&externalId=c!"],
    ['userName eq "a" and active eq true', "userName=a"],
    ['id eq "a" and manager eq "b"', "id=a"],
    ['emails[type eq "work"].value eq "a"', "emails=a"],
    ['emails[value eq "a" and type eq "work"]', "emails=a"],
    ['emails[value eq "a" or type eq "work"]', ""],
    ['emails[not (value eq "a")]', ""],
    ['userName eq "a" or userName eq "b"', ""],
    ['not (userName eq "a")', ""],
    ['userName sw "a"', ""],
    ['userName ne "a"', ""],
    ["userName eq null", ""],
    ['title eq "a"', ""],
    ['emails.type eq "work"', ""],
    ['phoneNumbers eq "a"', ""],
    ['name.formatted eq "a"', ""],
  ])("of %s: %s", (text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  it("an equality that is pushed down holds for each match", () => {
    const filter = 'emails[type eq "home"].value eq "MIRA@home.example" and userName eq "mira@example.com"';
    const facts = { id: "1", created: "2026-01-01T00:00:00Z", lastModified: "2026-01-01T00:00:00Z" };
    expect(compileFilter(parseFilter(filter, user), user)({ ...facts, attributes: mira })).toBe(true);
    expect(shown(filter)).toBe("emails=MIRA@home.example&userName=mira@example.com");
  });

  it.each([
    ['userName eq "a"', undefined],
    ['userName eq "a" and id eq "b"', undefined],
    ['userName eq "a" and active eq true', "active eq true"],
    ['userName eq "a" and (id eq "b" and active eq true)', "active eq true"],
    ['userName eq "a" and active eq true and title pr', "active eq true and title pr"],
    ['emails[type eq "work"].value eq "a"', 'emails[type eq "work"].value eq "a"'],
    ['userName eq "a" or id eq "b"', 'userName eq "a" or id eq "b"'],
    ["title pr", "title pr"],
  ])("leaves of %s: %s", (text, residual) => {
    expect(plan(text)).toMatchObject({ exact: residual === undefined });
    expect(plan(text).residual).toEqual(residual && parseFilter(residual, user));
  });

  it("pushes down only what the store has an index of", () => {
    const { pushed, residual } = plan('userName eq "a" and displayName eq "b" and emails eq "c"', ["userName"]);
    expect(pushed).toEqual([{ attribute: "userName", value: "a" }]);
    expect(residual).toEqual(parseFilter('displayName eq "b" and emails eq "c"', user));
    expect(plan('emails[value eq "c"]', ["userName"]).pushed).toEqual([]);
  });

  it.each([
    ["one", 'id eq "a"'],
    ["one", 'displayName eq "b" and userName eq "a"'],
    ["some", 'externalId eq "a"'],
    ["some", 'emails eq "a" and title pr'],
    ["all", "title pr"],
    ["all", 'userName eq "a" or userName eq "b"'],
  ])("names %s by %s", (cost, text) => {
    expect(plan(text).cost).toBe(cost);
  });
});

describe("filterAttributes", () => {
  it("names what matching has to load", () => {
    const filter = parseFilter('id eq "g" and (members eq "u" or not (displayName pr))', group);
    expect([...filterAttributes(filter)]).toEqual(["id", "members", "displayName"]);
  });

  it("leaves extensions out, which come with the resource", () => {
    expect([...filterAttributes(parseFilter('department eq "x" or emails[type eq "x"]', user))]).toEqual(["emails"]);
  });
});
