/**
 * Paths in filters (RFC 7644 §3.4.2.2, §3.10): elements of multi-valued attributes, sub-attributes, URNs.
 *
 * @module
 */
import { ENTERPRISE_USER_URN, USER_URN } from "../../../urn.ts";
import { DIALECTS } from "../abilities.ts";
import type { ConformanceCase } from "../conformance-case.ts";
import { filterCase } from "./filter-table.ts";

const FILTER = "RFC 7644 §3.4.2.2";

/** Ada has a home address, Bob one and a work address, Cleo none. */
const ADDRESSES = {
  ada: { emails: [{ value: "ada-{{mark}}@home.example", type: "home" }] },
  bob: {
    emails: [
      { value: "bob-{{mark}}@home.example", type: "home" },
      { value: "bob-{{mark}}@work.example", type: "work" },
    ],
  },
  cleo: {},
};

export const filterPathCases: readonly ConformanceCase[] = [
  filterCase({
    id: "B05",
    clause: FILTER,
    title: "pr on a multi-valued attribute: an empty array is not there",
    people: { ...ADDRESSES, dora: { emails: [] } },
    filter: "emails pr",
    finds: ["ada", "bob"],
  }),
  filterCase({
    id: "B07",
    clause: FILTER,
    title: "a value path is met by one element, not by several together",
    people: ADDRESSES,
    filter: 'emails[type eq "home" and value co "@work"]',
    finds: [],
  }),
  filterCase({
    id: "B08",
    clause: FILTER,
    title: "a value path finds who has such an element, whatever others have",
    people: ADDRESSES,
    filter: 'emails[type eq "WORK" and value co "@work"]',
    finds: ["bob"],
  }),
  filterCase({
    id: "B09",
    clause: FILTER,
    title: "a complex multi-valued attribute alone means its value",
    people: ADDRESSES,
    filter: 'emails co "{{mark}}@work"',
    finds: ["bob"],
  }),
  filterCase({
    id: "B09",
    clause: FILTER,
    title: "emails.value is met by any element",
    people: ADDRESSES,
    filter: 'emails.value eq "BOB-{{mark}}@home.example"',
    finds: ["bob"],
  }),
  filterCase({
    id: "B10",
    clause: "RFC 7644 §3.10",
    title: "the URN of the core schema may stand in front",
    people: { ada: { displayName: "Ada {{mark}}" }, bob: { displayName: "Bob {{mark}}" } },
    filter: `${USER_URN}:displayName eq "Ada {{mark}}"`,
    finds: ["ada"],
  }),
  ...(
    [
      ["B11", `${ENTERPRISE_USER_URN}:department eq "docs"`, "an attribute of an extension, whose URN has a dot"],
      ["B13", `${ENTERPRISE_USER_URN.toUpperCase()}:department eq "docs"`, "the URN in other letters"],
      ["B11", `${ENTERPRISE_USER_URN}:department sw "Do" and active eq true`, "an extension among other conditions"],
    ] as const
  ).map(([id, filter, title]) =>
    filterCase({
      id,
      clause: "RFC 7644 §3.10",
      title,
      people: {
        ada: { active: true, [ENTERPRISE_USER_URN]: { department: "Docs" } },
        bob: { active: true, [ENTERPRISE_USER_URN]: { department: "Sales" } },
        cleo: { active: true },
      },
      filter,
      finds: ["ada"],
    }),
  ),
  filterCase({
    id: "B12",
    clause: "RFC 7644 §3.10",
    title: "a sub-attribute of an extension",
    people: { ada: { [ENTERPRISE_USER_URN]: { manager: { value: "m-{{mark}}" } } }, bob: {} },
    filter: `${ENTERPRISE_USER_URN}:manager.value eq "m-{{mark}}"`,
    finds: ["ada"],
  }),
  filterCase({
    id: "B24",
    clause: "Microsoft Entra ID",
    title: 'emails[type eq "work"].value eq … looks at that element only',
    needs: [DIALECTS],
    people: ADDRESSES,
    filter: 'emails[type eq "work"].value eq "bob-{{mark}}@work.example"',
    finds: ["bob"],
  }),
  filterCase({
    id: "B24",
    clause: "Microsoft Entra ID",
    title: 'emails[type eq "work"].value eq … does not cross elements',
    needs: [DIALECTS],
    people: ADDRESSES,
    filter: 'emails[type eq "work"].value eq "bob-{{mark}}@home.example"',
    finds: [],
  }),
];
