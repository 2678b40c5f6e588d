/**
 * What the operations of a PATCH do (RFC 7644 §3.5.2).
 *
 * @module
 */
import { ENTERPRISE_USER_URN } from "../../../urn.ts";
import { ETAG, optionalAttribute, userAttribute } from "../abilities.ts";
import type { ConformanceCase } from "../conformance-case.ts";
import { verify, verifyBody, verifyEqual, verifyStatus } from "../statements.ts";
import { HOME, NEW, WORK } from "./addresses.ts";
import { patchCase } from "./user-table.ts";

const ADD = "RFC 7644 §3.5.2.1";
const REMOVE = "RFC 7644 §3.5.2.2";
const REPLACE = "RFC 7644 §3.5.2.3";
const ABSENT = { $absentOrEmpty: true };
const NAME = { name: { givenName: "Ada", familyName: "Lovelace" } };
const DEPARTMENT = `["${ENTERPRISE_USER_URN}"].department`;
const NAMES = [userAttribute("name.givenName"), userAttribute("name.familyName")];

const addCases: readonly ConformanceCase[] = [
  ...["add", "Add", "ADD"].map((op) =>
    patchCase({
      id: "D01",
      clause: "RFC 7644 §3.5.2",
      title: `the op ${op} is understood`,
      operations: [{ op, path: "displayName", value: "Ada" }],
      after: { displayName: "Ada" },
    }),
  ),
  patchCase({
    id: "D03",
    clause: ADD,
    title: "add without a path merges into a complex attribute",
    needs: NAMES,
    before: NAME,
    operations: [{ op: "add", value: { name: { givenName: "Augusta" }, displayName: "A. Lovelace" } }],
    after: { name: { givenName: "Augusta", familyName: "Lovelace" }, displayName: "A. Lovelace" },
  }),
  patchCase({
    id: "D03",
    clause: ADD,
    title: "add to a multi-valued attribute keeps what is there",
    before: { emails: [WORK] },
    operations: [{ op: "add", path: "emails", value: [HOME] }],
    after: { emails: { $length: 2 }, "emails[type=work].value": WORK.value, "emails[type=home].value": HOME.value },
  }),
  patchCase({
    id: "D05",
    clause: ADD,
    title: "add of a value that is there adds nothing",
    before: { emails: [WORK] },
    operations: [{ op: "add", path: "emails", value: [WORK] }],
    after: { emails: { $length: 1 } },
  }),
  patchCase({
    id: "D08",
    clause: ADD,
    title: "add without a path merges into an extension",
    before: { [ENTERPRISE_USER_URN]: { department: "Docs", costCenter: "7" } },
    operations: [{ op: "add", value: { [ENTERPRISE_USER_URN]: { department: "Sales" } } }],
    after: { [DEPARTMENT]: "Sales", [`["${ENTERPRISE_USER_URN}"].costCenter`]: "7" },
  }),
  patchCase({
    id: "D26",
    clause: "RFC 7644 §3.5.2",
    title: "a new primary value takes the mark from the old one",
    before: { emails: [{ ...WORK, primary: true }, HOME] },
    operations: [{ op: "add", path: "emails", value: [{ ...NEW, primary: true }] }],
    after: { emails: { $length: 3 }, "emails[primary=true].value": NEW.value },
  }),
];

const replaceCases: readonly ConformanceCase[] = [
  patchCase({
    id: "D04",
    clause: REPLACE,
    title: "replace of a complex attribute leaves what it does not mention",
    needs: NAMES,
    before: NAME,
    operations: [{ op: "replace", path: "name", value: { givenName: "Augusta" } }],
    after: { name: { givenName: "Augusta", familyName: "Lovelace" } },
  }),
  patchCase({
    id: "D04",
    clause: REPLACE,
    title: "replace of what is not there sets it",
    operations: [{ op: "replace", path: "title", value: "Editor" }],
    after: { title: "Editor" },
  }),
  patchCase({
    id: "D04",
    clause: REPLACE,
    title: "replace without a path sets what it names, and leaves the rest",
    before: { title: "Editor", displayName: "Ada" },
    operations: [{ op: "replace", value: { displayName: "Augusta" } }],
    after: { title: "Editor", displayName: "Augusta" },
  }),
  patchCase({
    id: "D12",
    clause: REPLACE,
    title: "a filtered sub-attribute changes in the matching element only",
    before: { emails: [WORK, HOME] },
    operations: [{ op: "replace", path: 'emails[type eq "work"].value', value: NEW.value }],
    after: { emails: { $length: 2 }, "emails[type=work].value": NEW.value, "emails[type=home].value": HOME.value },
  }),
  patchCase({
    id: "D44",
    clause: "RFC 7644 §3.5.2",
    title: "emails[primary eq true].value changes the primary one only",
    before: { emails: [{ ...WORK, primary: true }, HOME] },
    operations: [{ op: "replace", path: "emails[primary eq true].value", value: NEW.value }],
    after: { "emails[type=work].value": NEW.value, "emails[type=home].value": HOME.value },
  }),
  patchCase({
    id: "D47",
    clause: REPLACE,
    title: "a filtered element is replaced by an object",
    before: { emails: [WORK, HOME] },
    operations: [{ op: "replace", path: 'emails[type eq "work"]', value: NEW }],
    after: { emails: { $length: 2 }, "emails[type=other].value": NEW.value, "emails[type=work]": { $absent: true } },
  }),
  patchCase({
    id: "D52",
    clause: REPLACE,
    title: "replace of a multi-valued attribute leaves exactly what it says",
    before: { emails: [WORK, HOME] },
    operations: [{ op: "replace", path: "emails", value: [NEW] }],
    after: { emails: { $length: 1 }, "emails.0.value": NEW.value },
  }),
  patchCase({
    id: "D43",
    clause: "RFC 7643 §2.5",
    title: "null unassigns",
    before: { title: "Editor" },
    operations: [{ op: "replace", path: "title", value: null }],
    after: { title: ABSENT },
  }),
  {
    id: "D13",
    clause: REPLACE,
    title: "replace of an element that is not there is noTarget, or creates it, and does nothing else",
    needs: [userAttribute("emails")],
    run: async ({ createUser, patch, read, mark }) => {
      const { path } = await createUser({ emails: [{ value: `${mark}@home.example`, type: "home" }] });
      const operation = { op: "replace", path: 'emails[type eq "work"].value', value: `${mark}@work.example` };
      const answer = await patch(path, operation);
      const isDone = answer.status !== 400;
      if (isDone) verifyStatus(answer, 200, 204);
      else verifyBody(answer.call, answer.body, { scimType: "noTarget" });
      verifyBody("The person after it", await read(path), {
        emails: { $length: isDone ? 2 : 1 },
        "emails[type=home].value": `${mark}@home.example`,
      });
    },
  },
];

const removeCases: readonly ConformanceCase[] = [
  patchCase({
    id: "D16",
    clause: REMOVE,
    title: "remove with a filter removes what matches, and nothing else",
    before: { emails: [WORK, HOME, NEW] },
    operations: [{ op: "remove", path: 'emails[type eq "work"]' }],
    after: { emails: { $length: 2 }, "emails[type=work]": { $absent: true } },
  }),
  patchCase({
    id: "D19",
    clause: REMOVE,
    title: "with its last element a multi-valued attribute is unassigned",
    before: { emails: [WORK] },
    operations: [{ op: "remove", path: 'emails[type eq "work"]' }],
    after: { emails: ABSENT },
  }),
  patchCase({
    id: "D19",
    clause: REMOVE,
    title: "remove of a multi-valued attribute removes all its elements",
    before: { emails: [WORK, HOME] },
    operations: [{ op: "remove", path: "emails" }],
    after: { emails: ABSENT },
  }),
  patchCase({
    id: "D31",
    clause: REMOVE,
    title: "remove of what is not there is no error",
    operations: [{ op: "remove", path: "title" }],
    after: { title: ABSENT },
  }),
  patchCase({
    id: "D32",
    clause: REMOVE,
    title: "remove of a sub-attribute leaves its neighbours",
    needs: NAMES,
    before: NAME,
    operations: [{ op: "remove", path: "name.givenName" }],
    after: { "name.givenName": ABSENT, "name.familyName": "Lovelace" },
  }),
  patchCase({
    id: "D32",
    clause: REMOVE,
    title: "remove of a simple attribute",
    before: { title: "Editor", displayName: "Ada" },
    operations: [{ op: "Remove", path: "title" }],
    after: { title: ABSENT, displayName: "Ada" },
  }),
];

const wholeCases: readonly ConformanceCase[] = [
  patchCase({
    id: "D25",
    clause: "RFC 7644 §3.5.2",
    title: "operations go in order, and each sees the one before",
    needs: [optionalAttribute("emails")],
    operations: [
      { op: "add", path: "emails", value: [WORK] },
      { op: "replace", path: 'emails[type eq "work"].value', value: NEW.value },
      { op: "add", path: "displayName", value: "first" },
      { op: "replace", path: "displayName", value: "second" },
    ],
    after: { emails: { $length: 1 }, "emails.0.value": NEW.value, displayName: "second" },
  }),
  {
    id: "D27",
    clause: ADD,
    title: "a PATCH that changes nothing leaves lastModified as it was",
    run: async ({ createUser, patched, read }) => {
      const { path } = await createUser({ displayName: "Ada" });
      const before = await read(path);
      verifyEqual("The person", await patched(path, { op: "replace", path: "displayName", value: "Ada" }), before);
    },
  },
  {
    id: "D27",
    clause: "RFC 7644 §3.14",
    title: "a PATCH that changes something gives a new version",
    needs: [ETAG],
    run: async ({ createUser, patched, read }) => {
      const { path } = await createUser();
      const before = (await read(path)).meta as { version?: string };
      const after = (await patched(path, { op: "add", path: "displayName", value: "Ada" })).meta as {
        version?: string;
      };
      verify(before.version !== after.version, `The version is ${after.version} before and after.`);
    },
  },
  {
    id: "D28",
    clause: "RFC 7644 §3.5.2",
    title: "a PATCH answers 200 with the person, or 204 with nothing",
    run: async ({ createUser, patch }) => {
      const { path, id } = await createUser();
      const answer = await patch(path, { op: "add", path: "displayName", value: "Ada" });
      verifyStatus(answer, 200, 204);
      if (answer.status === 204) verifyEqual("The body of the answer", answer.text, "");
      else verifyBody(answer.call, answer.body, { id, displayName: "Ada" });
    },
  },
];

export const patchCases: readonly ConformanceCase[] = [...addCases, ...replaceCases, ...removeCases, ...wholeCases];
