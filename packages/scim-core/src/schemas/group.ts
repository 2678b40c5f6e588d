/**
 * The Group schema (RFC 7643 §4.2). Members are users only: nested groups are refused loudly instead of being read as
 * somebody's id.
 *
 * @module
 */
import type { Schema } from "../schema.ts";
import { GROUP_URN } from "../urn.ts";
import { complex, ref, string } from "./characteristics.ts";

export const GROUP_SCHEMA: Schema = {
  id: GROUP_URN,
  name: "Group",
  description: "A group of people.",
  attributes: [
    string("displayName", "The name of the group.", { required: true }),
    complex(
      "members",
      "Who belongs to the group.",
      [
        string("value", "The id of the member.", { caseExact: true, mutability: "immutable" }),
        ref("The address of the member.", ["User"], "immutable"),
        string("display", "The name of the member.", { mutability: "readOnly" }),
        string("type", "What the member is.", { mutability: "immutable", canonicalValues: ["User"] }),
      ],
      { multiValued: true },
    ),
  ],
};
