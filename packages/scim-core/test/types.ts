/**
 * The resource types that the tests of the core share.
 *
 * @module
 */
import {
  type Attributes,
  defineAttribute,
  defineResourceType,
  type Extension,
  extension,
  flag,
  groupResourceType,
  integer,
  type ResourceType,
  type ScimError,
  text,
  type Urn,
  userResourceType,
} from "../src/index.ts";

export const TEAM_URN: Urn = "urn:ietf:params:scim:schemas:extension:document360:2.0:User";
export const TEST_URN: Urn = "urn:ietf:params:scim:schemas:test:2.0:TestResource";

export const team: Extension<{ isTeamAccount: boolean; badge: string; floor: number }> = extension(TEAM_URN, {
  isTeamAccount: flag(),
  badge: text(),
  floor: integer(),
});

export const user: ResourceType = userResourceType([team]);
export const group: ResourceType = groupResourceType();

/** One attribute of every kind, as conformance suites ask for. */
export const testResource: ResourceType = defineResourceType({
  name: "TestResource",
  description: "Every characteristic once.",
  endpoint: "/TestResources",
  schema: {
    id: TEST_URN,
    name: "TestResource",
    description: "Every characteristic once.",
    attributes: [
      defineAttribute({ name: "identifier", type: "string", description: "", required: true, uniqueness: "server" }),
      defineAttribute({ name: "caseExactString", type: "string", description: "", caseExact: true }),
      defineAttribute({ name: "integerAttr", type: "integer", description: "" }),
      defineAttribute({ name: "decimalAttr", type: "decimal", description: "" }),
      defineAttribute({ name: "booleanAttr", type: "boolean", description: "" }),
      defineAttribute({ name: "dateTimeAttr", type: "dateTime", description: "" }),
      defineAttribute({ name: "binaryAttr", type: "binary", description: "" }),
      defineAttribute({ name: "referenceAttr", type: "reference", description: "", referenceTypes: ["uri"] }),
      defineAttribute({ name: "readOnlyAttr", type: "string", description: "", mutability: "readOnly" }),
      defineAttribute({ name: "immutableAttr", type: "string", description: "", mutability: "immutable" }),
      defineAttribute({
        name: "writeOnlyAttr",
        type: "string",
        description: "",
        mutability: "writeOnly",
        returned: "never",
      }),
      defineAttribute({ name: "requestOnlyAttr", type: "string", description: "", returned: "request" }),
      defineAttribute({ name: "alwaysReturnedAttr", type: "string", description: "", returned: "always" }),
      defineAttribute({ name: "multiStrings", type: "string", description: "", multiValued: true }),
      defineAttribute({
        name: "multiComplex",
        type: "complex",
        description: "",
        multiValued: true,
        subAttributes: [
          defineAttribute({ name: "value", type: "string", description: "" }),
          defineAttribute({ name: "type", type: "string", description: "", mutability: "immutable" }),
          defineAttribute({ name: "note", type: "string", description: "", mutability: "readOnly" }),
          defineAttribute({ name: "count", type: "integer", description: "" }),
        ],
      }),
    ],
  },
  extensions: [],
});

/** A user with something of everything. */
export const mira: Attributes = {
  userName: "Mira@Example.com",
  externalId: "Ext-1",
  displayName: "Mira Okafor",
  active: true,
  name: { givenName: "Mira", familyName: "Okafor" },
  emails: [
    { value: "Mira@Example.com", type: "work", primary: true },
    { value: "mira@home.example", type: "home" },
  ],
  "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": { department: "Docs", manager: { value: "m-1" } },
  [TEAM_URN]: { isTeamAccount: true },
};

/** The code of the error that a call throws; the result itself when it throws none. */
export function codeOf(call: () => unknown): unknown {
  return attempt(call).code ?? "no error";
}

/** The detail of the error that a call throws. */
export function detailOf(call: () => unknown): string {
  return attempt(call).message ?? "no error";
}

function attempt(call: () => unknown): Partial<ScimError> {
  try {
    call();
    return {};
  } catch (error) {
    if (error instanceof Error && error.name === "ScimError") return error as ScimError;
    throw error;
  }
}
