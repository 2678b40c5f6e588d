import { describe, expect, it } from "vitest";
import { outcomeOf } from "../evaluation.ts";

const appRoleAssignments = [
  { id: "1", value: "Admin", displayName: "Administrator" },
  { id: "2", value: "Writer", displayName: "Writer" },
];

const roles = [
  { primary: false, type: "WindowsAzureActiveDirectoryRole", display: "Administrator", value: "Admin" },
  { primary: false, type: "WindowsAzureActiveDirectoryRole", display: "Writer", value: "Writer" },
];

describe("SingleAppRoleAssignment", () => {
  it("takes one role, and refuses to choose among several", () => {
    const text = "SingleAppRoleAssignment([appRoleAssignments])";
    expect(outcomeOf(text, { appRoleAssignments: appRoleAssignments.slice(0, 1) })).toBe("Admin");
    expect(outcomeOf(text, { appRoleAssignments: { displayName: "Admin" } })).toBe("Admin");
    expect(outcomeOf(text, { appRoleAssignments: "Admin" })).toBe("Admin");
    expect(outcomeOf(text, { appRoleAssignments })).toEqual({ error: "unsupported" });
    expect(outcomeOf(text)).toBeNull();
  });
});

describe.each(["AppRoleAssignmentsComplex", "AssertiveAppRoleAssignmentsComplex", "AppRoleAssignments"])(
  "%s",
  (name) => {
    it("A15: hands all roles to the host, none of them primary", () => {
      expect(outcomeOf(`${name}([appRoleAssignments])`, { appRoleAssignments })).toEqual(roles);
      expect(outcomeOf(`${name}([appRoleAssignments])`)).toBeNull();
    });

    it("takes nothing that an assignment does not have of its own", () => {
      expect(outcomeOf(`${name}([a])`, { a: { __proto__: { value: "Owner" } } })).toEqual([
        { primary: false, type: "WindowsAzureActiveDirectoryRole" },
      ]);
    });
  },
);
