import { describe, expect, it } from "vitest";
import { checkExpression, type Dialect, type LintCode, parseExpression } from "../src/index.ts";

/** Code and source of what is found. */
function findingsOf(text: string, dialect: Dialect = "appProvisioning"): readonly string[] {
  const expression = parseExpression(text, { dialect: "cloudSync" });
  return checkExpression(expression, { dialect }).map(({ code, start, end }) => `${code}: ${text.slice(start, end)}`);
}

const CASES: readonly (readonly [LintCode, string, string])[] = [
  ["not-a-function", '[a] = "x"', '[a] = "x"'],
  ["iif-null-condition", 'IIF(IsPresent([a]), [a], "x")', "IsPresent([a])"],
  ["iif-null-condition", 'IIF([a] = "", "x", [a])', '[a] = ""'],
  ["iif-null-condition", 'IIF(IsNull([a]) = "True", "x", [a])', 'IsNull([a]) = "True"'],
  ["switch-presence-source", 'Switch(IsPresent([a]), "d", "True", [a])', "IsPresent([a])"],
  ["switch-reference-source", 'Switch([manager], "d", "k", "v")', "[manager]"],
  ["comparison-outside-condition", 'Switch([a] = "x", "d", "True", "v")', '[a] = "x"'],
  ["pcase-default-separators", "ToLower(PCase([a]))", "PCase([a])"],
  ["date-without-cdate", 'DateAdd("d", 1, [a])', "[a]"],
  ["date-without-cdate", 'DateDiff("d", Now(), "2020-01-01")', '"2020-01-01"'],
  ["unknown-escape", 'Append([a], "\\\\d\\d")', '"\\\\d\\d"'],
  ["replace-argument-count", 'Replace([a], "x", , , "y")', 'Replace([a], "x", , , "y")'],
  ["select-unique-value", 'SelectUniqueValue("a", "b")', 'SelectUniqueValue("a", "b")'],
  ["cloud-sync-only", "Append(Trim([a]), [b])", "Trim([a])"],
  ["cloud-sync-only", "Mid([a], 2)", "Mid([a], 2)"],
  ["cloud-sync-only", 'FormatDateTime([a], "yyyy", "yy")', 'FormatDateTime([a], "yyyy", "yy")'],
  ["undocumented-function", "DefaultDomain()", "DefaultDomain()"],
  ["unknown-interval", 'DateAdd("day", 1, Now())', '"day"'],
  ["unknown-format", 'FormatDateTime([a], , "yyyy-MM-dd", "yyyy \'")', '"yyyy \'"'],
  ["unknown-format", 'FormatDateTime([a], , "q", "yyyy")', '"q"'],
  ["unknown-culture", 'ToLower([a], "not a culture")', '"not a culture"'],
  ["unknown-group", 'Replace([a], , "(?<g>x)", "h", "y", , )', '"h"'],
];

describe("checkExpression", () => {
  it.each(CASES)("A2, A3, A12, A19, A20: finds %s in %s", (code, text, source) => {
    expect(findingsOf(text)).toEqual([`${code}: ${source}`]);
  });

  it("finds what cloud sync does not have", () => {
    expect(findingsOf("Coalesce([a], Trim([b]))", "cloudSync")).toEqual([
      "not-in-cloud-sync: Coalesce([a], Trim([b]))",
    ]);
    expect(findingsOf("Mid([a], 2)", "cloudSync")).toEqual([]);
  });

  it.each([
    'Switch([jobTitle], "False", "Manager", "True", "Senior Manager", "True")',
    'Switch([IsSoftDeleted], , "False", "True", "True", "False")',
    'IIF([country]="USA",IIF([state]="CA","True","False"),"False")',
    "CBool([a] = [b])",
    'PCase([lastName]," \'-")',
    'Replace([telephoneNumber], , "\\\\+(?<isdCode>\\\\d* )(?<phoneNumber>\\\\d{10})", "phoneNumber" , , [mobile], )',
    'DateAdd("d", 7, CDate([StatusHireDate]))',
    'FormatDateTime([extensionAttribute1], , "yyyyMMddHHmmss.fZ", "yyyy-MM-dd")',
    'ToLower([a], "tr-TR")',
  ])("finds nothing in %s", (text) => {
    expect(findingsOf(text)).toEqual([]);
  });

  it("warns of what works here, and calls an error what never works", () => {
    const severities = checkExpression(parseExpression('DateAdd("day", 1, [a])')).map(({ code, severity }) => [
      code,
      severity,
    ]);
    expect(severities).toEqual([
      ["date-without-cdate", "warning"],
      ["unknown-interval", "error"],
    ]);
  });
});
