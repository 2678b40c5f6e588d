import { describe, expect, it } from "vitest";
import { type ResourceWrite, type Side, writeEvents } from "../../src/security-event/write-events.ts";

const PREFIX = "urn:ietf:params:scim:event:";

function side(attributes: Side["attributes"] = {}, included = true): Side {
  return { attributes, included };
}

function write(given: Partial<ResourceWrite>): ResourceWrite {
  const members = { added: [], removed: [] };
  return {
    name: "patch",
    before: side(),
    after: side({ title: "Captain" }),
    members,
    version: 'W/"2"',
    whole: undefined,
    ...given,
  };
}

/** Names of the events, without their common beginning. */
function names(given: Partial<ResourceWrite>): readonly string[] {
  return Object.keys(writeEvents(write(given), "notice")).map((uri) => uri.slice(PREFIX.length));
}

describe("writeEvents", () => {
  it("J27: a write is told as what it was", () => {
    expect(names({ name: "create", before: undefined })).toEqual(["prov:create:notice"]);
    expect(names({ name: "put" })).toEqual(["prov:put:notice"]);
    expect(names({ name: "patch" })).toEqual(["prov:patch:notice"]);
    expect(names({ name: "delete", after: undefined })).toEqual(["prov:delete"]);
  });

  it("J27: notice tells names, full tells values, and neither both", () => {
    const change = { before: side({ title: "Pilot" }), after: side({ title: "Captain" }), whole: { title: "Captain" } };
    const of = (name: ResourceWrite["name"], mode: "notice" | "full") =>
      writeEvents(write({ ...change, name }), mode)[`${PREFIX}prov:${name}:${mode}`];
    const version = 'W/"2"';
    expect(of("put", "notice")).toEqual({ attributes: ["title"], version });
    expect(of("put", "full")).toEqual({ data: { title: "Captain" }, version });
    const Operations = [{ op: "replace", path: "title", value: "Captain" }];
    expect(of("patch", "full")).toMatchObject({ data: { Operations }, version });
    expect(of("patch", "full")).not.toHaveProperty("attributes");
  });

  it("J27: what is created has got an id besides what was sent", () => {
    const events = writeEvents(
      write({ name: "create", before: undefined, after: side({ userName: "mira" }) }),
      "notice",
    );
    expect(events).toEqual({ [`${PREFIX}prov:create:notice`]: { attributes: ["id", "userName"], version: 'W/"2"' } });
  });

  it("J27: prov:activate and prov:deactivate come with the write that toggles active", () => {
    const [on, off, silent] = [side({ active: true }), side({ active: false }), side({ title: "Pilot" })];
    expect(names({ before: on, after: off })).toEqual(["prov:patch:notice", "prov:deactivate"]);
    expect(names({ before: off, after: on })).toEqual(["prov:patch:notice", "prov:activate"]);
    expect(names({ before: silent, after: off })).toEqual(["prov:patch:notice", "prov:deactivate"]);
    expect(names({ before: silent, after: on })).toEqual(["prov:patch:notice"]);
    expect(names({ name: "create", before: undefined, after: off })).toEqual(["prov:create:notice"]);
  });

  it("J27: a resource that joins or leaves the feed is told as that, without a value of it", () => {
    const outside = side({ title: "secret", active: false }, false);
    const inside = side({ active: true });
    expect(writeEvents(write({ before: outside, after: side({ active: false }) }), "full")).toEqual({
      [`${PREFIX}feed:add`]: {},
    });
    expect(writeEvents(write({ before: inside, after: outside }), "full")).toEqual({
      [`${PREFIX}feed:remove`]: {},
      [`${PREFIX}prov:deactivate`]: {},
    });
  });

  it("J27: nothing is told of what no answer shows", () => {
    expect(names({ name: "put", before: side({ title: "Pilot" }), after: side({ title: "Pilot" }) })).toEqual([]);
    const members = { added: ["7"], removed: [] };
    expect(names({ before: side(), after: side(), members })).toEqual(["prov:patch:notice"]);
  });

  it("J27: nothing is told of what the receivers never knew", () => {
    const outside = side({}, false);
    expect(names({ before: outside, after: outside })).toEqual([]);
    expect(names({ name: "create", before: undefined, after: outside })).toEqual([]);
    expect(names({ name: "delete", before: outside, after: undefined })).toEqual([]);
  });
});
