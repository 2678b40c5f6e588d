import { describe, expect, it } from "vitest";
import { type Attributes, ENTERPRISE_USER_URN, GROUP_URN, locationOf, renderResource, USER_URN } from "../src/index.ts";
import { group, mira, TEAM_URN, user } from "./types.ts";

const facts = {
  id: "u-1",
  created: "2026-01-01T00:00:00.000Z",
  lastModified: "2026-02-01T00:00:00.000Z",
  version: "7",
};
const BASE = "https://app.example/scim/v2/c-1";

const render = (attributes: Attributes, type = user): Attributes =>
  renderResource({ ...facts, attributes }, type, BASE);

describe("renderResource", () => {
  it("A01, E01: puts facts into meta", () => {
    expect(render({ userName: "a" })).toEqual({
      schemas: [USER_URN],
      id: "u-1",
      userName: "a",
      meta: {
        resourceType: "User",
        created: facts.created,
        lastModified: facts.lastModified,
        location: `${BASE}/Users/u-1`,
        version: 'W/"7"',
      },
    });
  });

  it("A28, A29: schemas lists the extensions that have data", () => {
    expect(render(mira).schemas).toEqual([USER_URN, ENTERPRISE_USER_URN, TEAM_URN]);
    expect(render({ userName: "a", [TEAM_URN]: {} }).schemas).toEqual([USER_URN]);
    expect(render({ userName: "a", [TEAM_URN]: {} })).not.toHaveProperty([TEAM_URN]);
  });

  it("makes $ref wherever a value is the id of a resource, and nowhere else", () => {
    const rendered = render({
      userName: "a",
      groups: [{ value: "g/1", display: "G" }],
      emails: [{ value: "a@x" }],
      [ENTERPRISE_USER_URN]: { manager: { value: "m-1", $ref: "https://evil.example" } },
    });
    expect(rendered.groups).toEqual([{ value: "g/1", display: "G", $ref: `${BASE}/Groups/g%2F1` }]);
    expect(rendered.emails).toEqual([{ value: "a@x" }]);
    expect(rendered[ENTERPRISE_USER_URN]).toEqual({ manager: { value: "m-1", $ref: `${BASE}/Users/m-1` } });
    expect(render({ displayName: "G", members: [{ value: "u-2", type: "User" }] }, group)).toMatchObject({
      schemas: [GROUP_URN],
      members: [{ value: "u-2", type: "User", $ref: `${BASE}/Users/u-2` }],
    });
  });

  it("A32: shows only what the schema knows", () => {
    const stored = { userName: "a", colour: "red", id: "other", meta: { version: "0" } };
    expect(render(stored)).not.toHaveProperty("colour");
    expect(render(stored)).toMatchObject({ id: "u-1", meta: { version: 'W/"7"' } });
  });
});

describe("locationOf", () => {
  it("A30: comes from the base that it is given, with the id escaped", () => {
    expect(locationOf({ id: "a/../b?c" }, user, BASE)).toBe(`${BASE}/Users/a%2F..%2Fb%3Fc`);
  });
});
