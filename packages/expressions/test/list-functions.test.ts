import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { listFunctions, parseExpression } from "../src/index.ts";

/** The functions of the references, and the two that Graph lists besides. */
const DOCUMENTED = `Append AppRoleAssignmentsComplex AssertiveAppRoleAssignmentsComplex BitAnd CBool CDate Coalesce
ConvertToBase64 ConvertToUTF8Hex Count CStr DateAdd DateDiff DateFromNum FormatDateTime Guid IgnoreFlowIfNullOrEmpty IIF
InStr IsNull IsNullOrEmpty IsPresent IsString Item Join Left Mid NormalizeDiacritics Not Now NumFromDate PCase
RandomString Redact RemoveDuplicates Replace SelectUniqueValue SingleAppRoleAssignment Split StripSpaces Switch ToLower
ToUpper Word Trim ConvertFromBase64 DNComponent StringFromSid Error DefaultDomain AppRoleAssignments`.split(/\s+/);

it("lists every documented function once", () => {
  expect(
    listFunctions()
      .map(({ name }) => name)
      .toSorted(),
  ).toEqual(DOCUMENTED.toSorted());
});

it("describes parameters as Graph does", () => {
  expect(listFunctions().find(({ name }) => name === "Switch")?.parameters).toEqual([
    { name: "source", type: "String", required: true, allowMultipleOccurrences: false },
    { name: "defaultValue", type: "Any", required: false, allowMultipleOccurrences: false },
    { name: "key", type: "String", required: true, allowMultipleOccurrences: true },
    { name: "value", type: "Any", required: true, allowMultipleOccurrences: true },
  ]);
});

it("refuses one argument too many of every function that takes no more", () => {
  for (const { name, parameters } of listFunctions()) {
    if (parameters.some(({ allowMultipleOccurrences }) => allowMultipleOccurrences)) continue;
    const args = Array.from({ length: parameters.length + 1 }, () => "[a]").join();
    expect(() => parseExpression(`${name}(${args})`), name).toThrow(expect.objectContaining({ code: "arity" }));
  }
});

it("has a test that is named after each function", () => {
  const folder = join(import.meta.dirname, "functions");
  const tests = readdirSync(folder).map((file) => readFileSync(join(folder, file), "utf8"));
  const missing = DOCUMENTED.filter((name) => !tests.some((text) => text.includes(`"${name}"`)));
  expect(missing).toEqual([]);
});
