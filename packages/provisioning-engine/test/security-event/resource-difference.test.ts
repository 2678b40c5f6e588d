import { type Attributes, extension, flag, parsePatch, parseResource, text, userResourceType } from "@muster/scim-core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { asPatch, changedPaths, resourceDifference } from "../../src/security-event/resource-difference.ts";

const TEAM = "urn:ietf:params:scim:schemas:extension:document360:2.0:User";
const ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const USER = "urn:ietf:params:scim:schemas:core:2.0:User";
const type = userResourceType([extension(TEAM, { isTeamAccount: flag(), badge: text() })]);
const NOBODY = { added: [], removed: [] };

describe("resourceDifference", () => {
  it("J27: names what was added, revised and removed by the paths of PATCH", () => {
    const before = { userName: "mira", name: { givenName: "Mira", familyName: "Oz" }, title: "Pilot" };
    const after = {
      userName: "mira",
      name: { givenName: "Mira", familyName: "Oss" },
      emails: [{ value: "mira@acme.example" }],
      [ENTERPRISE]: { department: "Flight", manager: { value: "7" } },
    };
    const difference = resourceDifference(before, after, NOBODY);
    expect(changedPaths(difference)).toEqual([
      "name.familyName",
      "title",
      "emails",
      `${ENTERPRISE}:department`,
      `${ENTERPRISE}:manager.value`,
    ]);
    expect(asPatch(difference)).toEqual({
      schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
      Operations: [
        { op: "replace", path: "name.familyName", value: "Oss" },
        { op: "remove", path: "title" },
        { op: "replace", path: "emails", value: [{ value: "mira@acme.example" }] },
        { op: "replace", path: `${ENTERPRISE}:department`, value: "Flight" },
        { op: "replace", path: `${ENTERPRISE}:manager.value`, value: "7" },
      ],
    });
  });

  it("J27: members are told as who came and who left", () => {
    const difference = resourceDifference({}, {}, { added: ["1", "2"], removed: ['a"b'] });
    expect(changedPaths(difference)).toEqual(["members"]);
    expect(asPatch(difference)).toMatchObject({
      Operations: [
        { op: "remove", path: 'members[value eq "a\\"b"]' },
        { op: "add", path: "members", value: [{ value: "1" }, { value: "2" }] },
      ],
    });
  });

  it("J27: nothing is said of what stays, in whatever order", () => {
    const before = { userName: "mira", name: { givenName: "Mira", familyName: "Oz" } };
    const after = { name: { familyName: "Oz", givenName: "Mira" }, userName: "mira" };
    expect(changedPaths(resourceDifference(before, after, NOBODY))).toEqual([]);
  });

  it("J27: a receiver that applies the PATCH has the resource as it is here", () => {
    const word = fc.constantFrom("a", "b", "c");
    const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
    const person = fc.record({
      externalId: maybe(word),
      title: maybe(word),
      active: maybe(fc.boolean()),
      name: maybe(fc.record({ givenName: maybe(word), familyName: maybe(word) })),
      emails: maybe(fc.uniqueArray(word, { maxLength: 3 }).map((values) => values.map((value) => ({ value })))),
      [ENTERPRISE]: maybe(fc.record({ department: maybe(word), manager: maybe(fc.record({ value: maybe(word) })) })),
      [TEAM]: maybe(fc.record({ isTeamAccount: maybe(fc.boolean()), badge: maybe(word) })),
    });
    const read = (body: object): Attributes =>
      parseResource(JSON.parse(JSON.stringify({ schemas: [USER], userName: "mira", ...body })), type, "create")
        .attributes;
    const check = (from: object, to: object) => {
      const [before, after] = [read(from), read(to)];
      const difference = resourceDifference(before, after, NOBODY);
      fc.pre(changedPaths(difference).length > 0);
      expect(parsePatch(asPatch(difference), type).apply(before)).toEqual(after);
    };
    fc.assert(fc.property(person, person, check), { seed: 9967, numRuns: 500 });
  });
});
