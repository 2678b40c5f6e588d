import { describe, expect, it } from "vitest";
import {
  type Attribute,
  ENTERPRISE_USER_SCHEMA,
  ENTERPRISE_USER_URN,
  GROUP_SCHEMA,
  GROUP_URN,
  resourceTypeDocuments,
  schemaDocuments,
  serviceProviderConfig,
  USER_SCHEMA,
  USER_URN,
} from "../src/index.ts";
import { group, TEAM_URN, user } from "./types.ts";

const BASE = "https://app.example/scim/v2/c-1";

function find(attributes: readonly Attribute[], ...names: readonly string[]): Attribute {
  const [name, ...rest] = names;
  const attribute = attributes.find((one) => one.name === name);
  if (attribute === undefined) throw new Error(`no ${name}`);
  return rest.length === 0 ? attribute : find(attribute.subAttributes ?? [], ...rest);
}

describe("schemaDocuments", () => {
  const documents = schemaDocuments([user, group], BASE);

  it("G01: lists each schema once, the host's own included", () => {
    expect(documents.map(({ id }) => id)).toEqual([USER_URN, ENTERPRISE_USER_URN, TEAM_URN, GROUP_URN]);
    expect(schemaDocuments([user, user], BASE)).toHaveLength(3);
    expect(documents[2]).toMatchObject({
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:Schema"],
      attributes: [{ name: "isTeamAccount", type: "boolean" }, { name: "badge" }, { name: "floor" }],
      meta: { resourceType: "Schema", location: `${BASE}/Schemas/${TEAM_URN}` },
    });
  });

  it("G06: every attribute has every characteristic", () => {
    const characteristics = [
      "caseExact",
      "description",
      "multiValued",
      "mutability",
      "name",
      "required",
      "returned",
      "type",
      "uniqueness",
    ];
    const check = (attribute: Attribute): void => {
      expect(Object.keys(attribute)).toEqual(expect.arrayContaining(characteristics));
      expect(attribute.description, attribute.name).not.toBe("");
      expect("subAttributes" in attribute, attribute.name).toBe(attribute.type === "complex");
      expect("referenceTypes" in attribute, attribute.name).toBe(attribute.type === "reference");
      expect(attribute.subAttributes?.some(({ type }) => type === "complex") ?? false).toBe(false);
      attribute.subAttributes?.forEach(check);
    };
    for (const { attributes } of documents) attributes.forEach(check);
  });

  it("are JSON without null", () => {
    expect(JSON.parse(JSON.stringify(documents))).toEqual(documents);
    expect(JSON.stringify(documents)).not.toContain("null");
  });
});

describe("the schemas of RFC 7643", () => {
  it.each([
    [["userName"], { required: true, caseExact: false, uniqueness: "server" }],
    [["displayName"], { required: false, caseExact: false }],
    [["active"], { type: "boolean" }],
    [["password"], { mutability: "writeOnly", returned: "never" }],
    [["emails"], { multiValued: true, type: "complex" }],
    [["emails", "value"], { caseExact: false }],
    [["emails", "type"], { canonicalValues: ["work", "home", "other"] }],
    [["photos", "value"], { type: "reference", referenceTypes: ["external"] }],
    [["groups"], { mutability: "readOnly", multiValued: true }],
    [["groups", "$ref"], { mutability: "readOnly", referenceTypes: ["Group"] }],
    [["x509Certificates", "value"], { type: "binary", caseExact: true }],
    [["profileUrl"], { type: "reference" }],
  ])("G06: User %j", (names, expected) => {
    expect(find(USER_SCHEMA.attributes, ...names)).toMatchObject(expected);
  });

  it("G06: User has all attributes of section 4.1", () => {
    expect(USER_SCHEMA.attributes.map(({ name }) => name)).toEqual([
      "userName",
      "name",
      "displayName",
      "nickName",
      "profileUrl",
      "title",
      "userType",
      "preferredLanguage",
      "locale",
      "timezone",
      "active",
      "password",
      "emails",
      "phoneNumbers",
      "ims",
      "photos",
      "addresses",
      "groups",
      "entitlements",
      "roles",
      "x509Certificates",
    ]);
  });

  it("G06: the enterprise manager may be cleared, and its name is not a client's to write", () => {
    expect(find(ENTERPRISE_USER_SCHEMA.attributes, "manager", "value")).toMatchObject({ required: false });
    expect(find(ENTERPRISE_USER_SCHEMA.attributes, "manager", "displayName")).toMatchObject({ mutability: "readOnly" });
    expect(find(ENTERPRISE_USER_SCHEMA.attributes, "manager", "$ref")).toMatchObject({ mutability: "readWrite" });
  });

  it("J11: members of a group are users, by immutable ids", () => {
    expect(find(GROUP_SCHEMA.attributes, "displayName")).toMatchObject({ required: true });
    expect(find(GROUP_SCHEMA.attributes, "members", "value")).toMatchObject({
      mutability: "immutable",
      caseExact: true,
    });
    expect(find(GROUP_SCHEMA.attributes, "members", "type")).toMatchObject({ canonicalValues: ["User"] });
    expect(find(GROUP_SCHEMA.attributes, "members", "$ref")).toMatchObject({
      referenceTypes: ["User"],
      mutability: "immutable",
    });
  });
});

describe("resourceTypeDocuments", () => {
  it("G07: describe what is served", () => {
    expect(resourceTypeDocuments([user, group], BASE)).toMatchObject([
      {
        id: "User",
        endpoint: "/Users",
        schema: USER_URN,
        schemaExtensions: [
          { schema: ENTERPRISE_USER_URN, required: false },
          { schema: TEAM_URN, required: false },
        ],
        meta: { resourceType: "ResourceType", location: `${BASE}/ResourceTypes/User` },
      },
      { id: "Group", endpoint: "/Groups", schema: GROUP_URN, schemaExtensions: [] },
    ]);
  });
});

describe("serviceProviderConfig", () => {
  const pages = { maxResults: 200, defaultResults: 50, cursorSeconds: undefined };
  const LIMITS = { ...pages, bulkOperations: 50, bulkBytes: 4096 };

  it("G08, E07, J25: promises what is kept", () => {
    expect(serviceProviderConfig(LIMITS, BASE)).toMatchObject({
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],
      patch: { supported: true },
      bulk: { supported: true, maxOperations: 50, maxPayloadSize: 4096 },
      filter: { supported: true, maxResults: 200 },
      changePassword: { supported: false },
      sort: { supported: true },
      etag: { supported: true },
      pagination: {
        cursor: false,
        index: true,
        defaultPaginationMethod: "index",
        defaultPageSize: 50,
        maxPageSize: 200,
      },
      authenticationSchemes: [{ type: "oauthbearertoken", primary: true }],
      meta: { resourceType: "ServiceProviderConfig", location: `${BASE}/ServiceProviderConfig` },
    });
  });

  it("J25: offers cursors, and says how long they are good for, where there are some", () => {
    const { pagination } = serviceProviderConfig({ ...LIMITS, cursorSeconds: 600 }, BASE);
    expect(pagination).toMatchObject({ cursor: true, cursorTimeout: 600 });
    expect(serviceProviderConfig(LIMITS, BASE).pagination).not.toHaveProperty("cursorTimeout");
  });
});
