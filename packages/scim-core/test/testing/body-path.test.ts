import { describe, expect, it } from "vitest";
import { readPath } from "../../src/testing/body-path.ts";

const BODY = {
  id: "7",
  name: { givenName: "Mira" },
  "urn:example:2.0:User": { department: "Docs" },
  Resources: [{ id: "a" }, { id: "b" }],
  members: [{ value: "x" }, { value: "y.z", primary: true }],
};

describe("paths into a body", () => {
  it.each([
    ["id", "7"],
    ["name.givenName", "Mira"],
    ['["urn:example:2.0:User"].department', "Docs"],
    ["Resources.1.id", "b"],
    ["members[value=y.z].primary", true],
    ["members[primary=true].value", "y.z"],
  ])("finds %s", (path, value) => {
    expect(readPath(BODY, path)).toBe(value);
  });

  it.each([
    "nobody",
    "name.nobody",
    "Resources.2.id",
    "members[value=w]",
    "id[value=7]",
    "constructor",
    "name.__proto__",
  ])("finds nothing at %s", (path) => {
    expect(readPath(BODY, path)).toBeUndefined();
  });

  it.each(['["urn:example', "members[value", "members[value]"])("refuses %s", (path) => {
    expect(() => readPath(BODY, path)).toThrow(TypeError);
  });
});
