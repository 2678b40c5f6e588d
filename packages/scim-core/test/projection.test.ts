import { describe, expect, it } from "vitest";
import {
  type Attributes,
  ENTERPRISE_USER_URN,
  projectResource,
  type RequestedAttributes,
  renderResource,
  selectAttributes,
  USER_URN,
} from "../src/index.ts";
import { mira, TEAM_URN, TEST_URN, testResource, user } from "./types.ts";

const facts = {
  id: "u-1",
  created: "2026-01-01T00:00:00.000Z",
  lastModified: "2026-01-01T00:00:00.000Z",
  version: "1",
};

function project(requested: RequestedAttributes, attributes: Attributes = mira): Attributes {
  const rendered = renderResource({ ...facts, attributes }, user, "https://x.example/scim");
  return projectResource(rendered, selectAttributes(requested, user), user);
}

const keys = (requested: RequestedAttributes): readonly string[] =>
  Object.keys(project(requested)).filter((name) => name !== "schemas" && name !== "id");

function projectTest(requested: RequestedAttributes): Attributes {
  const attributes = {
    identifier: "1",
    alwaysReturnedAttr: "a",
    requestOnlyAttr: "r",
    writeOnlyAttr: "w",
    integerAttr: 1,
  };
  const rendered = renderResource({ ...facts, attributes }, testResource, "https://x.example/scim");
  const { id, schemas, meta, ...rest } = projectResource(
    rendered,
    selectAttributes(requested, testResource),
    testResource,
  );
  return rest;
}

describe("attributes", () => {
  it("without them everything is answered", () => {
    const rendered = renderResource({ ...facts, attributes: mira }, user, "https://x.example/scim");
    for (const requested of [{}, { attributes: "" }, { attributes: " , " }, { excludedAttributes: "" }])
      expect(project(requested)).toEqual(rendered);
  });

  it.each([
    ["C12", "userName", ["userName"]],
    ["C13", "USERNAME,displayname", ["userName", "displayName"]],
    ["C19", "userName,colour,__proto__,a.b.c", ["userName"]],
    ["C19", "colour", []],
    ["C12", "meta", ["meta"]],
    ["C15", `${ENTERPRISE_USER_URN}:department`, [ENTERPRISE_USER_URN]],
    ["C15", "department", [ENTERPRISE_USER_URN]],
    ["C15", TEAM_URN.toUpperCase(), [TEAM_URN]],
    ["C15", `${USER_URN}:userName`, ["userName"]],
    ["C15", USER_URN, ["externalId", "meta", "userName", "name", "displayName", "active", "emails"]],
  ])("%s: %s", (_id, attributes, expected) => {
    expect(keys({ attributes })).toEqual(expected);
    expect(keys({ attributes: attributes.split(",") })).toEqual(expected);
  });

  it("C14: a sub-attribute alone", () => {
    expect(project({ attributes: "name.familyName" }).name).toEqual({ familyName: "Okafor" });
    expect(project({ attributes: "emails.type,userName" }).emails).toEqual([{ type: "work" }, { type: "home" }]);
    expect(project({ attributes: "name.middleName" })).not.toHaveProperty("name");
    expect(project({ attributes: "manager.value,department" })[ENTERPRISE_USER_URN]).toEqual({
      department: "Docs",
      manager: { value: "m-1" },
    });
  });

  it("C14: with the whole attribute beside it, the whole", () => {
    expect(project({ attributes: "name.familyName,name" }).name).toEqual(mira.name);
  });

  it("C21: schemas and id are always there; schemas names what is in the answer", () => {
    expect(project({ attributes: "userName" })).toEqual({
      schemas: [USER_URN],
      id: "u-1",
      userName: "Mira@Example.com",
    });
    expect(project({ attributes: "department" }).schemas).toEqual([USER_URN, ENTERPRISE_USER_URN]);
  });
});

describe("excludedAttributes", () => {
  it("C16: takes away, but not what is always returned", () => {
    expect(keys({ excludedAttributes: "emails,id,schemas,meta" })).toEqual([
      "externalId",
      "userName",
      "name",
      "displayName",
      "active",
      ENTERPRISE_USER_URN,
      TEAM_URN,
    ]);
    expect(project({ excludedAttributes: "id,schemas" })).toHaveProperty("id", "u-1");
  });

  it("C20: a URN takes away the extension, a dotted name a part", () => {
    expect(project({ excludedAttributes: ENTERPRISE_USER_URN })).not.toHaveProperty([ENTERPRISE_USER_URN]);
    expect(project({ excludedAttributes: ENTERPRISE_USER_URN }).schemas).toEqual([USER_URN, TEAM_URN]);
    expect(project({ excludedAttributes: "name.familyName" }).name).toEqual({ givenName: "Mira" });
    expect(project({ excludedAttributes: "emails.value" }).emails).toEqual([
      { type: "work", primary: true },
      { type: "home" },
    ]);
  });

  it("both together: what is asked for, without what is excluded", () => {
    expect(keys({ attributes: "userName,name", excludedAttributes: "name.givenName,userName" })).toEqual(["name"]);
  });
});

describe("returned", () => {
  it("A21: never is never, request is on request, always is always", () => {
    expect(projectTest({})).toEqual({ identifier: "1", alwaysReturnedAttr: "a", integerAttr: 1 });
    expect(projectTest({ attributes: "requestOnlyAttr,writeOnlyAttr" })).toEqual({
      alwaysReturnedAttr: "a",
      requestOnlyAttr: "r",
    });
    expect(projectTest({ excludedAttributes: "alwaysReturnedAttr,identifier" })).toEqual({
      alwaysReturnedAttr: "a",
      integerAttr: 1,
    });
    expect(projectTest({ attributes: TEST_URN })).not.toHaveProperty("writeOnlyAttr");
  });
});

describe("selectAttributes", () => {
  it("C16: tells a backend what it need not load", () => {
    expect(selectAttributes({}, user).includes("groups")).toBe(true);
    expect(selectAttributes({ excludedAttributes: "GROUPS" }, user).includes("groups")).toBe(false);
    expect(selectAttributes({ attributes: "id" }, user).includes("groups")).toBe(false);
    expect(selectAttributes({ attributes: "groups.value" }, user).includes("groups")).toBe(true);
    expect(selectAttributes({ attributes: "userName" }, user).includes("id")).toBe(true);
    expect(selectAttributes({}, user).includes("password")).toBe(false);
    expect(selectAttributes({}, user).includes("constructor")).toBe(false);
  });
});
