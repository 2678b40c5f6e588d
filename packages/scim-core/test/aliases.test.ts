import { describe, expect, it } from "vitest";
import {
  complex,
  extension,
  flag,
  parseFilter,
  parsePatch,
  parseResource,
  schemaDocuments,
  text,
  userResourceType,
} from "../src/index.ts";
import { TEAM_URN, USER_URN } from "./harness.ts";

const type = userResourceType([
  extension(TEAM_URN, {
    isTeamAccount: flag({ aliases: ["isUser", "teamAccount"] }),
    place: complex({ floor: text({ aliases: ["level"] }) }, { aliases: ["seat"] }),
  }),
]);

function read(values: object): unknown {
  const body = { schemas: [USER_URN, TEAM_URN], userName: "ada", [TEAM_URN]: values };
  return parseResource(body, type, "create").attributes[TEAM_URN];
}

describe("aliases of an attribute", () => {
  it("K5: are read in a body, in any letter case, and stored under the name", () => {
    expect(read({ isUser: "True" })).toEqual({ isTeamAccount: true });
    expect(read({ ISUSER: false })).toEqual({ isTeamAccount: false });
    expect(read({ seat: { level: "3" } })).toEqual({ place: { floor: "3" } });
    expect(read({ "seat.level": "3" })).toEqual({ place: { floor: "3" } });
    const flat = { schemas: [USER_URN], userName: "ada", [`${TEAM_URN}:isUser`]: true };
    expect(parseResource(flat, type, "create").attributes[TEAM_URN]).toEqual({ isTeamAccount: true });
  });

  it("K5: give way to the name, wherever it stands", () => {
    expect(read({ isUser: false, isTeamAccount: true })).toEqual({ isTeamAccount: true });
    expect(read({ isTeamAccount: true, isUser: false })).toEqual({ isTeamAccount: true });
    expect(read({ isUser: false, teamAccount: true })).toEqual({ isTeamAccount: false });
    expect(() => read({ isTeamAccount: true, ISTEAMACCOUNT: false })).toThrow("twice");
  });

  it.each([
    [{ op: "replace", path: `${TEAM_URN}:isUser`, value: "True" }],
    [{ op: "add", value: { [TEAM_URN]: { isUser: true } } }],
    [{ op: "add", value: { [`${TEAM_URN}:isUser`]: true } }],
  ])("K5, R19: are read in a PATCH: %j", (operation) => {
    const body = { schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], Operations: [operation] };
    const patched = parsePatch(body, type).apply({ userName: "ada" });
    expect(patched[TEAM_URN]).toEqual({ isTeamAccount: true });
  });

  it("K5: are read in a filter", () => {
    expect(parseFilter(`${TEAM_URN}:isUser eq true`, type)).toEqual(
      parseFilter(`${TEAM_URN}:isTeamAccount eq true`, type),
    );
  });

  it("are not published, and not repeated", () => {
    expect(JSON.stringify(schemaDocuments([type], "https://scim.test"))).not.toMatch(/isUser|alias|level/);
    const twice = { isUser: flag(), isTeamAccount: flag({ aliases: ["ISUSER"] }) };
    expect(() => userResourceType([extension(TEAM_URN, twice)])).toThrow("used twice");
    expect(() => extension(TEAM_URN, { isTeamAccount: flag({ aliases: ["is user"] }) })).toThrow("attribute name");
  });
});
