/**
 * Paths of a PATCH (RFC 7644 §3.5.2 figure 7, §3.10).
 *
 * @module
 */
import { ENTERPRISE_USER_URN, USER_URN } from "../../../urn.ts";
import type { ConformanceCase } from "../conformance-case.ts";
import { HOME, NEW, WORK } from "./addresses.ts";
import { patchCase } from "./user-table.ts";

const ABSENT = { $absentOrEmpty: true };
const DEPARTMENT = `["${ENTERPRISE_USER_URN}"].department`;

export const patchPathCases: readonly ConformanceCase[] = [
  ...[
    ["D33", "x.y.z"],
    ["D34", "https://images.example/a:b/c"],
    ["D34", "urn:example:a/b"],
    ["D35", "a]b"],
    ["D35", 'a"] or value pr'],
  ].map(([id = "", literal = ""]) =>
    patchCase({
      id,
      clause: "RFC 7644 §3.5.2 figure 7",
      title: `the literal ${literal} in a value filter stands for itself`,
      before: { entitlements: [{ value: literal }, { value: "other" }] },
      operations: [{ op: "remove", path: `entitlements[value eq ${JSON.stringify(literal)}]` }],
      after: { entitlements: { $length: 1 }, "entitlements.0.value": "other" },
    }),
  ),
  patchCase({
    id: "D36",
    clause: "RFC 7643 §2.1",
    title: "names in a path ignore case",
    before: { emails: [WORK, HOME] },
    operations: [{ op: "replace", path: 'EMAILS[TYPE EQ "work"].VALUE', value: NEW.value }],
    after: { "emails[type=work].value": NEW.value, "emails[type=home].value": HOME.value },
  }),
  patchCase({
    id: "D37",
    clause: "RFC 7643 §7",
    title: "values in a filter are compared as the schema says: type without case",
    before: { emails: [WORK, HOME] },
    operations: [{ op: "replace", path: 'emails[type eq "WORK"].value', value: NEW.value }],
    after: { emails: { $length: 2 }, "emails[type=work].value": NEW.value },
  }),
  patchCase({
    id: "D38",
    clause: "RFC 7644 §3.10",
    title: "the URN of the core schema may stand in front",
    operations: [{ op: "replace", path: `${USER_URN}:displayName`, value: "Ada" }],
    after: { displayName: "Ada" },
  }),
  patchCase({
    id: "D10",
    clause: "RFC 7644 §3.10",
    title: "an attribute of an extension",
    operations: [{ op: "add", path: `${ENTERPRISE_USER_URN}:department`, value: "Docs" }],
    after: { [DEPARTMENT]: "Docs", schemas: [ENTERPRISE_USER_URN] },
  }),
  patchCase({
    id: "D11",
    clause: "RFC 7644 §3.10",
    title: "a sub-attribute of an extension",
    operations: [{ op: "add", path: `${ENTERPRISE_USER_URN}:manager.value`, value: "m-{{mark}}" }],
    after: { [`["${ENTERPRISE_USER_URN}"].manager.value`]: "m-{{mark}}" },
  }),
  patchCase({
    id: "D48",
    clause: "RFC 7644 §3.10",
    title: "a whole extension",
    before: { [ENTERPRISE_USER_URN]: { department: "Docs" } },
    operations: [{ op: "remove", path: ENTERPRISE_USER_URN }],
    after: { [DEPARTMENT]: ABSENT },
  }),
];
