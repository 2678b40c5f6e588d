/**
 * The enterprise extension of User (RFC 7643 §4.3).
 *
 * @module
 */
import type { Schema } from "../schema.ts";
import { ENTERPRISE_USER_URN } from "../urn.ts";
import { complex, ref, string } from "./characteristics.ts";

export const ENTERPRISE_USER_SCHEMA: Schema = {
  id: ENTERPRISE_USER_URN,
  name: "EnterpriseUser",
  description: "What an organization keeps about its people.",
  attributes: [
    string("employeeNumber", "The number that the organization gave the person."),
    string("costCenter", "The cost center."),
    string("organization", "The organization."),
    string("division", "The division."),
    string("department", "The department."),
    complex("manager", "The person's manager.", [
      // Not required: identity providers clear a manager by an empty value, and name managers they never provision.
      string("value", "The id of the manager's account.", { caseExact: true }),
      ref("The address of the manager's account.", ["User"], "readWrite"),
      string("displayName", "The manager's name.", { mutability: "readOnly" }),
    ]),
  ],
};
