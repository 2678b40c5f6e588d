/**
 * Shapes of PATCH that Entra ID and Okta really send, and what they mean. Not in the RFCs: a host that takes only those
 * says so.
 *
 * @module
 */
import { ENTERPRISE_USER_URN } from "../../../urn.ts";
import { EXTENSION_BOOLEAN, optionalAttribute, userAttribute } from "../abilities.ts";
import type { ConformanceCase } from "../conformance-case.ts";
import { extensionAttribute } from "../service.ts";
import { verifyBody, verifyEqual, verifyNoFault } from "../statements.ts";
import { WORK } from "./addresses.ts";
import { type PatchRow, patchCase } from "./user-table.ts";

const ENTRA = "Microsoft Entra ID";
const OKTA = "Okta";
const ABSENT = { $absentOrEmpty: true };
const MANAGER = `["${ENTERPRISE_USER_URN}"].manager.value`;
const DEPARTMENT = `["${ENTERPRISE_USER_URN}"].department`;

const rows: readonly PatchRow[] = [
  {
    id: "D07",
    clause: ENTRA,
    title: "dotted names without a path are paths",
    needs: [userAttribute("name.givenName"), userAttribute("name.familyName")],
    before: { name: { givenName: "Ada", familyName: "Lovelace" } },
    operations: [{ op: "replace", value: { "name.givenName": "Augusta", displayName: "A. L." } }],
    after: { name: { givenName: "Augusta", familyName: "Lovelace" }, displayName: "A. L." },
  },
  {
    id: "D09",
    clause: ENTRA,
    title: "an attribute of an extension as one flat name",
    operations: [{ op: "add", value: { [`${ENTERPRISE_USER_URN}:department`]: "Docs" } }],
    after: { [DEPARTMENT]: "Docs" },
  },
  {
    id: "D14",
    clause: ENTRA,
    title: "add to an element that is not there creates it with its type",
    needs: [optionalAttribute("emails")],
    operations: [{ op: "Add", path: 'emails[type eq "work"].value', value: WORK.value }],
    after: { emails: { $length: 1 }, "emails[type=work].value": WORK.value },
  },
  {
    id: "D39",
    clause: OKTA,
    title: "replace of active without a path",
    before: { active: true },
    operations: [{ op: "replace", value: { active: false } }],
    after: { active: false },
  },
  {
    id: "D40",
    clause: ENTRA,
    title: 'active as the text "False" is false',
    before: { active: true },
    operations: [{ op: "Replace", path: "active", value: "False" }],
    after: { active: false },
  },
  {
    id: "D40",
    clause: ENTRA,
    title: 'active as the text "True" is true',
    before: { active: false },
    operations: [{ op: "Replace", path: "active", value: "True" }],
    after: { active: true },
  },
  {
    id: "D49",
    clause: ENTRA,
    title: "a manager as a bare id",
    operations: [{ op: "Add", path: `${ENTERPRISE_USER_URN}:manager`, value: "m-{{mark}}" }],
    after: { [MANAGER]: "m-{{mark}}" },
  },
  {
    id: "D49",
    clause: ENTRA,
    title: "a manager of empty text is no manager",
    before: { [ENTERPRISE_USER_URN]: { manager: { value: "m-{{mark}}" } } },
    operations: [{ op: "Replace", path: `${ENTERPRISE_USER_URN}:manager`, value: "" }],
    after: { [MANAGER]: ABSENT },
  },
  {
    id: "J38",
    clause: ENTRA,
    title: "an array around a single value is unwrapped",
    operations: [{ op: "Add", path: "title", value: [{ value: "Editor" }] }],
    after: { title: "Editor" },
  },
  {
    id: "J39",
    clause: ENTRA,
    title: "a filter with a quoted Boolean creates an element with a Boolean",
    needs: [optionalAttribute("roles")],
    operations: [{ op: "Add", path: 'roles[primary eq "True"].value', value: "admin" }],
    after: { roles: { $length: 1 }, "roles.0.value": "admin", "roles.0.primary": true },
  },
];

export const dialectCases: readonly ConformanceCase[] = [
  ...rows.map(patchCase),
  ...(
    [
      ["False", false],
      ["True", true],
    ] as const
  ).map(
    ([text, expected]): ConformanceCase => ({
      id: "D10",
      clause: ENTRA,
      title: `a Boolean of an extension as the text "${text}"`,
      needs: [EXTENSION_BOOLEAN],
      run: async ({ service, createUser, patched }) => {
        const { urn, name } = extensionAttribute(service, "boolean") ?? { urn: "", name: "" };
        const { path } = await createUser({ [urn]: { [name]: !expected } });
        const after = await patched(path, { op: "Add", path: `${urn}:${name}`, value: text });
        verifyBody("The person after it", after, { [`["${urn}"].${name}`]: expected });
      },
    }),
  ),
  {
    id: "J37",
    clause: ENTRA,
    title: "a PATCH without operations changes nothing, and is no fault",
    run: async ({ createUser, patch, read }) => {
      const { path } = await createUser({ displayName: "Ada" });
      const before = await read(path);
      verifyNoFault(await patch(path));
      verifyEqual("The person after it", await read(path), before);
    },
  },
];
