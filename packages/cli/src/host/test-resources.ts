/**
 * `/TestResources`: one attribute of every type and characteristic, by which conformance suites test what Users and
 * Groups cannot show.
 *
 * @module
 */
import {
  binary,
  complex,
  dateTime,
  defineResourceType,
  defineSchema,
  extension,
  flag,
  integer,
  type ResourceType,
  reference,
  text,
} from "@muster/provisioning-engine";

const schema = defineSchema(
  "urn:ietf:params:scim:schemas:test:2.0:TestResource",
  "TestResource",
  {
    identifier: text({ required: true, uniqueness: "server" }),
    caseExactString: text({ caseExact: true }),
    caseInsensitiveString: text(),
    integerAttr: integer(),
    booleanAttr: flag(),
    dateTimeAttr: dateTime(),
    binaryAttr: binary(),
    referenceAttr: reference({ referenceTypes: ["uri"] }),
    readOnlyAttr: text({ mutability: "readOnly" }),
    immutableAttr: text({ mutability: "immutable" }),
    writeOnlyAttr: text({ mutability: "writeOnly", returned: "never" }),
    requestOnlyAttr: text({ returned: "request" }),
    alwaysReturnedAttr: text({ returned: "always" }),
    multiStrings: text({ multiValued: true }),
    complexAttr: complex({ sub1: text(), sub2: integer(), sub3: flag() }),
    multiComplex: complex({ value: text(), type: text(), primary: flag() }, { multiValued: true }),
    uniqueString: text({ uniqueness: "server" }),
  },
  { description: "Every attribute type and characteristic, for tests." },
);

const testExtension = extension(
  "urn:ietf:params:scim:schemas:extension:test:2.0:TestResource",
  { extString: text(), extRequired: text({ required: true }), extInteger: integer() },
  { name: "TestExtension", description: "An extension that must be there, for tests.", required: true },
);

/** What `muster serve --test-resources` serves beside Users and Groups. */
export const TEST_RESOURCES: ResourceType = defineResourceType({
  name: "TestResource",
  endpoint: "/TestResources",
  schema,
  extensions: [testExtension],
});
