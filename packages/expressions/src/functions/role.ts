/**
 * Functions of the app roles that Entra assigns.
 *
 * @module
 */
import { toList, toText } from "../conversion.ts";
import { ExpressionError } from "../errors.ts";
import { isStructure, type Scalar, type Structure, type Value } from "../value.ts";
import { argumentValue } from "./arguments.ts";
import { type FunctionDefinition, required } from "./definition.ts";

const ASSIGNMENTS = [required("appRoleAssignments", "AppRoleAssignments")];

/** What Entra writes into `roles[].type`. */
const ROLE_TYPE = "WindowsAzureActiveDirectoryRole";

function fieldOf(assignment: Scalar | Structure, ...names: readonly string[]): Scalar | null {
  if (!isStructure(assignment)) return assignment;
  const name = names.find((candidate) => assignment.fields.has(candidate));
  return name === undefined ? null : (assignment.fields.get(name) ?? null);
}

/** One role, by its value. Several have no order that could choose. */
const singleAppRoleAssignment: FunctionDefinition = {
  name: "SingleAppRoleAssignment",
  parameters: ASSIGNMENTS,
  evaluate: ([assignments]) => {
    const [first, ...others] = toList(argumentValue(assignments));
    if (others.length > 0) {
      throw new ExpressionError("unsupported", "SingleAppRoleAssignment takes one role, and there are several.", {
        hint: "Assign one role, or take AppRoleAssignmentsComplex.",
      });
    }
    return first === undefined ? null : toText(fieldOf(first, "value", "displayName"));
  },
};

/** All roles in the form of SCIM; none of them is primary. */
function rolesOf(assignments: Value): Value {
  const roles = toList(assignments).map((assignment): Structure => {
    const value = fieldOf(assignment, "value", "displayName");
    const display = fieldOf(assignment, "displayName", "value");
    const fields: [string, Scalar | null][] = [
      ["primary", false],
      ["type", ROLE_TYPE],
      ["display", display],
      ["value", value],
    ];
    return {
      kind: "structure",
      fields: new Map(fields.filter((field): field is [string, Scalar] => field[1] !== null)),
    };
  });
  return roles.length === 0 ? null : roles;
}

/** How the roles are sent, as an addition or in the place of others, is not the expression's to say. */
function rolesFunction(name: string, more: Partial<FunctionDefinition> = {}): FunctionDefinition {
  return { name, parameters: ASSIGNMENTS, evaluate: ([assignments]) => rolesOf(argumentValue(assignments)), ...more };
}

export const roleFunctions: readonly FunctionDefinition[] = [
  singleAppRoleAssignment,
  rolesFunction("AppRoleAssignmentsComplex"),
  rolesFunction("AssertiveAppRoleAssignmentsComplex"),
  rolesFunction("AppRoleAssignments", { onlyIn: "Graph", parameters: [required("source", "AppRoleAssignments")] }),
];
