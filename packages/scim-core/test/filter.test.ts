import { describe, expect, it } from "vitest";
import { type Filter, parseFilter } from "../src/index.ts";
import { formatPath } from "../src/path.ts";
import { codeOf, detailOf, group, testResource, user } from "./types.ts";

/** The tree as text, so that a test can be read. */
function show(filter: Filter): string {
  switch (filter.kind) {
    case "and":
    case "or":
      return `(${filter.operands.map(show).join(` ${filter.kind} `)})`;
    case "not":
      return `not ${show(filter.operand)}`;
    case "present":
      return `${formatPath(filter.path)} pr`;
    case "compare":
      return `${formatPath(filter.path)} ${filter.operator} ${JSON.stringify(filter.value)}`;
    case "element":
      return `${formatPath(filter.path)}[${show(filter.filter)}]`;
  }
}

const parsed = (text: string): string => show(parseFilter(text, user));
const refusal = (text: string): unknown => codeOf(() => parseFilter(text, user));

describe("parseFilter", () => {
  it.each([
    ["B01", 'userName eq "x"', 'userName eq "x"'],
    ["B03", 'userName EQ "x" AND active PR', '(userName eq "x" and active pr)'],
    ["B06", 'NOT (userName sw "x")', 'not userName sw "x"'],
    ["B06", 'not(userName sw "x")', 'not userName sw "x"'],
    ["B09", 'emails co "x"', 'emails.value co "x"'],
    ["B16", 'displayName eq "a\\"b"', 'displayName eq "a\\"b"'],
    ["B17", 'displayName eq "a\\\\b\\u0041"', 'displayName eq "a\\\\bA"'],
    ["B18", 'displayName eq "a) ] and b"', 'displayName eq "a) ] and b"'],
    ["B23", "title pr or active pr and locale pr", "(title pr or (active pr and locale pr))"],
    ["B23", "(title pr or active pr) and locale pr", "((title pr or active pr) and locale pr)"],
    ["B07", 'emails[type eq "work" and value co "@"]', 'emails[(type eq "work" and value co "@")]'],
    ["B24", 'emails[type eq "work"].value eq "x"', 'emails[(type eq "work" and value eq "x")]'],
    ["B25", 'active eq "True"', "active eq true"],
    ["B25", "active eq FALSE", "active eq false"],
    ["B25, J39", 'roles[primary eq "True"]', "roles[primary eq true]"],
    ["B12", 'manager eq "m-1"', 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value eq "m-1"'],
    ["RFC 7644 T3", "title ne null", "title ne null"],
    ["RFC 7643 §3.1", 'meta.lastModified gt "2026-01-01T00:00:00Z"', 'meta.lastModified gt "2026-01-01T00:00:00Z"'],
    [
      "R10",
      "isTeamAccount eq true",
      "urn:ietf:params:scim:schemas:extension:document360:2.0:User:isTeamAccount eq true",
    ],
    ["J33", "floor ge -12", "urn:ietf:params:scim:schemas:extension:document360:2.0:User:floor ge -12"],
  ])("%s: %s", (_id, text, expected) => {
    expect(parsed(text)).toBe(expected);
  });

  it.each([
    ["B15", "active gt true"],
    ["B15", 'active co "t"'],
    ["B15", "floor co 1"],
    ["B15", 'x509Certificates.value gt "AA"'],
    ["B19", 'userName like "x"'],
    ["B19", "userName"],
    ["B20", 'userName eq "x" garbage'],
    ["B20", 'userName eq "x")'],
    ["B20", "title pr and"],
    ["B21", 'userName eq "x'],
    ["B21", 'userName eq "x\\"'],
    ["B17", 'userName eq "\\q"'],
    ["B17", 'userName eq "\\u12"'],
    ["B17", 'userName eq "a\\u0000"'],
    ["B17", 'userName eq "a\u0000"'],
    ["B17", 'userName eq "\\ud800"'],
    ["B17", 'userName eq "\ud800"'],
    ["B17", 'emails[value eq "\\udc00\\ud800"]'],
    ["B22", '(userName eq "x"'],
    ["B22", 'emails[type eq "work"'],
    ["B22", "((title pr)"],
    ["B30", "colour pr"],
    ["B30", 'name.colour eq "x"'],
    ["B30", 'emails[colour eq "x"]'],
    ["B09", 'addresses co "x"'],
    ["B09", 'name eq "x"'],
    ["B07", 'name[givenName eq "x"]'],
    ["B07", 'emails.value[type eq "x"]'],
    ["B07", 'emails[emails[type eq "x"]]'],
    ["B24", 'emails[type eq "work"].colour eq "x"'],
    ["J01", "externalId eq 42"],
    ["J33", "floor eq 9007199254740993"],
    ["J33", "floor eq 1e999"],
    ["A22", 'active eq "maybe"'],
    ["B14", 'meta.created gt "yesterday"'],
    ["RFC 7644 T3", "title gt null"],
    ["RFC 7644 F1", ""],
    ["RFC 7644 F1", "   "],
    ["RFC 7644 F1", 'title eq "x" xor title pr'],
    ["RFC 7644 F1", "title eq work"],
    ["RFC 7644 F1", "not title pr"],
    ["D50", "__proto__ pr"],
    ["D50", 'constructor.name eq "x"'],
  ])("%s: %s is no filter", (_id, text) => {
    expect(refusal(text)).toBe("invalidFilter");
  });

  it("says where and why", () => {
    expect(detailOf(() => parseFilter('userName eq "x" or title like "y"', user))).toBe(
      'The filter is wrong at position 26: expected an operator such as eq, co or pr, found "like".',
    );
    expect(detailOf(() => parseFilter("(title pr", user))).toBe(
      "The filter is wrong at position 10: expected ), found the end.",
    );
    expect(detailOf(() => parseFilter("active gt true", user))).toBe(
      "The filter is wrong at position 11: gt cannot compare active, which is of type boolean.",
    );
  });

  it.each(['password eq "x"', "password pr", "password ne null", 'not (password sw "a")'])(
    "B26: %s tells nothing",
    (text) => {
      expect(refusal(text)).toBe("sensitive");
    },
  );

  it("B26, J30: what no answer shows cannot be compared either", () => {
    expect(codeOf(() => parseFilter('writeOnlyAttr eq "x"', testResource))).toBe("sensitive");
  });

  it("J16: more than 8 KB are refused, counted in bytes", () => {
    const filter = (letters: string): string => `displayName eq "${letters}"`;
    expect(codeOf(() => parseFilter(filter("é".repeat(4000)), group))).toBe("no error");
    expect(codeOf(() => parseFilter(filter("é".repeat(4096)), group))).toBe("invalidFilter");
    expect(codeOf(() => parseFilter(filter("xy"), group, { filterBytes: 16 }))).toBe("invalidFilter");
  });

  it("B28: nesting is bounded, and 32 levels are enough", () => {
    const nest = (depth: number): string => `${"(".repeat(depth)}title pr${")".repeat(depth)}`;
    expect(refusal(nest(32))).toBe("no error");
    expect(refusal(nest(33))).toBe("invalidFilter");
    expect(refusal(nest(3000))).toBe("invalidFilter");
    expect(refusal("not (".repeat(1500))).toBe("invalidFilter");
  });

  it("B29: comparisons are bounded", () => {
    const chain = (clauses: number): string => Array.from({ length: clauses }, () => "title pr").join(" or ");
    expect(refusal(chain(200))).toBe("no error");
    expect(refusal(chain(201))).toBe("invalidFilter");
    expect(codeOf(() => parseFilter(chain(3), user, { filterClauses: 2 }))).toBe("invalidFilter");
  });

  it.each(['"', "\\", "(", " ", "a", "[", '"\\', "a.", "1"])("J16: 8 KB of %j are read in no time", (piece) => {
    const started = performance.now();
    refusal(piece.repeat(Math.floor(8192 / piece.length)));
    refusal(`userName eq ${piece.repeat(8000 / piece.length)}`);
    expect(performance.now() - started).toBeLessThan(200);
  });
});
