/**
 * The attributes that every resource has and no schema lists (RFC 7643 §3, §3.1).
 *
 * @module
 */
import { type Attribute, defineAttribute } from "../attribute.ts";
import { complex, string } from "./characteristics.ts";

export const SCHEMAS_ATTRIBUTE: Attribute = defineAttribute({
  name: "schemas",
  type: "reference",
  description: "The schemas that the resource uses. Derived from its data.",
  multiValued: true,
  required: true,
  caseExact: false,
  mutability: "readOnly",
  returned: "always",
  referenceTypes: ["uri"],
});

export const ID_ATTRIBUTE: Attribute = string("id", "The identifier that this service gave the resource.", {
  required: true,
  caseExact: true,
  mutability: "readOnly",
  returned: "always",
  uniqueness: "server",
});

export const EXTERNAL_ID_ATTRIBUTE: Attribute = string("externalId", "The identifier that the client gave it.", {
  caseExact: true,
});

const meta = { mutability: "readOnly", caseExact: true } as const;

export const META_ATTRIBUTE: Attribute = complex(
  "meta",
  "Facts about the resource itself.",
  [
    string("resourceType", "The name of the resource type.", meta),
    defineAttribute({ name: "created", type: "dateTime", description: "When the resource was added.", ...meta }),
    defineAttribute({ name: "lastModified", type: "dateTime", description: "When it was last changed.", ...meta }),
    defineAttribute({
      name: "location",
      type: "reference",
      description: "Where to find the resource.",
      referenceTypes: ["uri"],
      ...meta,
    }),
    string("version", "The version of the resource, as its entity tag.", meta),
  ],
  { mutability: "readOnly" },
);

export const COMMON_ATTRIBUTES: readonly Attribute[] = [
  SCHEMAS_ATTRIBUTE,
  ID_ATTRIBUTE,
  EXTERNAL_ID_ATTRIBUTE,
  META_ATTRIBUTE,
];
