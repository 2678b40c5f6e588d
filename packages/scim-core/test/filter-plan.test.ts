import { describe, expect, it } from "vitest";
import { compileFilter, filterAttributes, type PushedEqualities, parseFilter, pushedEqualities } from "../src/index.ts";
import { group, mira, user } from "./types.ts";

const plan = (text: string): PushedEqualities => pushedEqualities(parseFilter(text, user));
const shown = (text: string): string => {
  const { equalities, exact } = plan(text);
  return `${equalities.map(({ attribute, value }) => `${attribute}=${value}`).join("&")}${exact ? "!" : ""}`;
};

describe("pushedEqualities", () => {
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
