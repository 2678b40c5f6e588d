/**
 * Which PATCH requests are refused; each leaves everything as it was (RFC 7644 §3.5.2).
 *
 * @module
 */
import { PATCH_OP_URN } from "../../../urn.ts";
import type { Json } from "../../json.ts";
import { userAttribute } from "../abilities.ts";
import type { ConformanceCase } from "../conformance-case.ts";
import { verifyBody, verifyEqual, verifyRefusal, verifyStatus } from "../statements.ts";
import { refusedPatchCase } from "./user-table.ts";

const PATCH_OP = "RFC 7644 §3.5.2";
const INVALID_SYNTAX = { status: [400], scimType: ["invalidSyntax"] };
const INVALID_PATH = { status: [400], scimType: ["invalidPath"] };
const INVALID_VALUE = { status: [400], scimType: ["invalidValue"] };
const MUTABILITY = { status: [400], scimType: ["mutability"] };

export const patchRefusalCases: readonly ConformanceCase[] = [
  ...(
    [
      ["schemas are missing", { Operations: [{ op: "add", path: "displayName", value: "x" }] }],
      ["schemas name something else", { schemas: ["urn:example:nothing"], Operations: [] }],
      ["Operations are missing", { schemas: [PATCH_OP_URN] }],
    ] satisfies readonly (readonly [string, Json])[]
  ).map(
    ([what, body]): ConformanceCase => ({
      id: "D02",
      clause: PATCH_OP,
      title: `a PATCH in which ${what} is refused`,
      run: async ({ createUser, send }) => {
        const { path } = await createUser();
        verifyRefusal(await send({ method: "PATCH", path, body }), INVALID_SYNTAX);
      },
    }),
  ),
  refusedPatchCase({
    id: "D02",
    clause: PATCH_OP,
    title: "an op that is none of the three is refused",
    operations: [{ op: "delete", path: "displayName" }],
    refused: { status: [400], scimType: ["invalidSyntax", "invalidValue"] },
  }),
  refusedPatchCase({
    id: "D15",
    clause: "RFC 7644 §3.5.2.2",
    title: "remove without a path is noTarget",
    operations: [{ op: "remove" }],
    refused: { status: [400], scimType: ["noTarget"] },
  }),
  refusedPatchCase({
    id: "D20",
    clause: "RFC 7644 §3.5.2.2",
    title: "remove of a required attribute is refused",
    operations: [{ op: "remove", path: "userName" }],
    refused: { status: [400], scimType: ["mutability", "invalidValue"] },
  }),
  ...(
    [
      ["D21", "id", "other"],
      ["D22", "meta.created", "1999-01-01T00:00:00Z"],
      ["D22", "meta", { resourceType: "Group" }],
      ["D23", "groups", [{ value: "{{mark}}" }]],
    ] satisfies readonly (readonly [string, string, Json])[]
  ).map(([id, path, value]) =>
    refusedPatchCase({
      id,
      clause: PATCH_OP,
      title: `${path} is read-only`,
      operations: [{ op: id === "D23" ? "add" : "replace", path, value }],
      refused: MUTABILITY,
    }),
  ),
  {
    id: "D24",
    clause: PATCH_OP,
    title: "when the second operation fails, the first is not kept",
    run: async ({ createUser, patch, read }) => {
      const { path } = await createUser({ displayName: "Ada" });
      const before = await read(path);
      const answer = await patch(
        path,
        { op: "replace", path: "displayName", value: "Augusta" },
        { op: "replace", path: "id", value: "other" },
      );
      verifyStatus(answer, 400);
      verifyEqual("The person after it", await read(path), before);
    },
  },
  refusedPatchCase({
    id: "D29",
    clause: "RFC 7644 §3.12",
    title: "a path of an unknown attribute is refused",
    operations: [{ op: "replace", path: "unicornColour", value: "pink" }],
    refused: { status: [400], scimType: ["invalidPath", "noTarget"] },
  }),
  ...["emails[", 'emails[type eq "work"', "name..givenName", "emails[type eq]", "display Name", "."].map((path) =>
    refusedPatchCase({
      id: "D30",
      clause: "RFC 7644 §3.12",
      title: `the path ${path} is malformed`,
      operations: [{ op: "replace", path, value: "x" }],
      refused: { status: [400], scimType: ["invalidPath", "invalidFilter"] },
    }),
  ),
  ...(
    [
      ["active", "maybe"],
      ["displayName", 5],
      ["name", 5],
      ["emails", [{ value: 5 }]],
    ] satisfies readonly (readonly [string, Json])[]
  ).map(([path, value]) =>
    refusedPatchCase({
      id: "D45",
      clause: "RFC 7643 §2.3",
      title: `${JSON.stringify(value)} is no value of ${path}`,
      needs: [userAttribute(path)],
      operations: [{ op: "replace", path, value }],
      refused: INVALID_VALUE,
    }),
  ),
  refusedPatchCase({
    id: "D45",
    clause: PATCH_OP,
    title: "add without a value is refused",
    operations: [{ op: "add", path: "displayName" }],
    refused: { status: [400], scimType: ["invalidValue", "invalidSyntax"] },
  }),
  ...["__proto__", "constructor.prototype", "toString.x", "name.__proto__"].map((path) =>
    refusedPatchCase({
      id: "D50",
      clause: "CWE-1321",
      title: `${path} is no path`,
      operations: [{ op: "add", path, value: { polluted: true } }],
      refused: INVALID_PATH,
    }),
  ),
  {
    id: "J15",
    clause: PATCH_OP,
    title: "a PATCH of one attribute leaves all the others as they were",
    needs: [userAttribute("emails"), userAttribute("name.givenName")],
    run: async ({ createUser, patched, read, mark }) => {
      const emails = [{ value: `${mark}@work.example`, type: "work", primary: true }];
      const { path } = await createUser({ emails, name: { givenName: "Ada" }, externalId: mark, active: true });
      const { meta: _before, ...before } = await read(path);
      const { meta: _after, ...after } = await patched(path, { op: "add", path: "displayName", value: "Ada" });
      verifyEqual("The person after it", after, { ...before, displayName: "Ada" });
      verifyBody("The person after it", after, { displayName: "Ada" });
    },
  },
];
