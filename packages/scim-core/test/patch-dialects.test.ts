import { describe, expect, it } from "vitest";
import {
  type Attributes,
  ENTERPRISE_USER_URN,
  PATCH_DIALECTS,
  PATCH_OP_URN,
  parsePatch,
  type RawOperation,
} from "../src/index.ts";
import { group, user } from "./types.ts";

/** What each captured operation does to this person, or to the members of a group. */
const before: Attributes = { userName: "ines", active: true, [ENTERPRISE_USER_URN]: { division: "D" } };
const EFFECTS: Readonly<Record<string, unknown>> = {
  "operation-name-in-any-case": { ...before, active: false },
  "remove-with-value": [{ kind: "remove", ids: ["2819c223"] }],
  "path-less-value": { ...before, displayName: "Ines", name: { givenName: "Inez" } },
  "schema-object": { ...before, [ENTERPRISE_USER_URN]: { division: "D", department: "Docs" } },
  "schemas-are-derived": before,
};

const sent = (op: string, path?: string, value?: unknown): RawOperation => ({ op, path, value, lenient: false });

describe("PATCH_DIALECTS", () => {
  it("each has an effect to be tested, and a name of its own", () => {
    expect(PATCH_DIALECTS.map(({ name }) => name)).toEqual(Object.keys(EFFECTS));
  });

  it.each(PATCH_DIALECTS)("$name: the captured operation of $client works", ({ name, captured }) => {
    const operation: { readonly path?: string } = JSON.parse(captured);
    const onGroup = operation.path === "members";
    const patch = parsePatch({ schemas: [PATCH_OP_URN], Operations: [operation] }, onGroup ? group : user);
    expect(onGroup ? patch.membership : patch.apply(before)).toEqual(EFFECTS[name]);
  });

  it.each(PATCH_DIALECTS)("$name: leaves a plain operation alone", ({ rewrite }) => {
    const plain = [
      sent("add", "title", "x"),
      sent("replace", "name", { givenName: "x" }),
      sent("remove", "emails"),
      sent("remove", undefined, { title: "x" }),
      sent("remove", ENTERPRISE_USER_URN),
    ];
    for (const operation of plain) expect(rewrite(operation, user)).toEqual([operation]);
  });
});
