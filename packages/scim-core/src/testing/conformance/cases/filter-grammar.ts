/**
 * The grammar of filters (RFC 7644 §3.4.2.2 figure 1): literals, precedence, and what is no filter.
 *
 * @module
 */
import type { ConformanceCase } from "../conformance-case.ts";
import { filterCase, refusedFilterCase } from "./filter-table.ts";

const FILTER = "RFC 7644 §3.4.2.2";

const LITERALS = {
  plain: { displayName: "plain" },
  quote: { displayName: 'a "b" c' },
  backslash: { displayName: "a\\b" },
  brackets: { displayName: "a) b] c" },
  words: { displayName: "x and y or not z" },
  percent: { displayName: "100% sure" },
  underscore: { displayName: "snake_case" },
};

export const filterGrammarCases: readonly ConformanceCase[] = [
  refusedFilterCase("B15", FILTER, "a Boolean has no order: gt is refused", "active gt true"),
  ...(
    [
      ["B16", "a quote", String.raw`displayName eq "a \"b\" c"`, "quote"],
      ["B17", "a backslash", String.raw`displayName eq "a\\b"`, "backslash"],
      ["B17", "an escape of JSON", String.raw`displayName eq "pl\u0061in"`, "plain"],
      ["B18", "brackets", 'displayName eq "a) b] c"', "brackets"],
      ["B18", "operators", 'displayName eq "x and y or not z"', "words"],
      ["B33", "a percent sign", 'displayName co "%"', "percent"],
      ["B33", "an underscore", 'displayName co "_"', "underscore"],
      ["B33", "a backslash", String.raw`displayName co "\\"`, "backslash"],
    ] as const
  ).map(([id, what, filter, name]) =>
    filterCase({
      id,
      clause: FILTER,
      title: `${what} in a literal`,
      people: LITERALS,
      filter,
      finds: [name],
    }),
  ),
  refusedFilterCase("B19", "RFC 7644 §3.12", "an unknown operator is refused", 'userName is "ada"'),
  refusedFilterCase("B20", "RFC 7644 §3.4.2.2 figure 1", "words after the end are refused", 'userName eq "ada" "bob"'),
  refusedFilterCase("B21", "RFC 7644 §3.4.2.2 figure 1", "an open text is refused", 'userName eq "ada'),
  refusedFilterCase("B22", "RFC 7644 §3.4.2.2 figure 1", "an open parenthesis is refused", '(userName eq "ada"'),
  refusedFilterCase("B22", "RFC 7644 §3.4.2.2 figure 1", "an open bracket is refused", 'emails[type eq "work"'),
  refusedFilterCase("B20", "RFC 7644 §3.4.2.2 figure 1", "a condition without a value is refused", "userName eq"),
  refusedFilterCase("B20", "RFC 7644 §3.4.2.2 figure 1", "an operator at the end is refused", "userName pr and"),
  filterCase({
    id: "B23",
    clause: FILTER,
    title: "and binds tighter than or",
    people: { ada: { displayName: "Ada", active: true }, bob: { displayName: "Bob", active: true } },
    filter: 'displayName eq "Ada" or displayName eq "Bob" and active eq false',
    finds: ["ada"],
  }),
  filterCase({
    id: "B23",
    clause: FILTER,
    title: "parentheses group",
    people: { ada: { displayName: "Ada", active: true }, bob: { displayName: "Bob", active: true } },
    filter: '(displayName eq "Ada" or displayName eq "Bob") and active eq false',
    finds: [],
  }),
];
