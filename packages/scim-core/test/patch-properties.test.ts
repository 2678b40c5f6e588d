import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Attributes,
  compileFilter,
  PATCH_OP_URN,
  parseFilter,
  parsePatch,
  parseQuery,
  parseResource,
  USER_URN,
} from "../src/index.ts";
import { parseWalk } from "../src/list.ts";
import { applySteps, type Email, type Person, type Step, toOperation } from "./reference-applier.ts";
import { codeOf, group, mira, TEAM_URN, testResource, user } from "./types.ts";

const SEED = 7644;
const RUNS = 1500;

/** Emails of one list differ in type, so that edits of one never make two the same. */
const types = ["work", "home", "other"] as const;
const word = fc.constantFrom("a@x", "b@x", "c@x", "d@x", "e@x");
const part = fc.constantFrom("givenName", "familyName");
const op = fc.constantFrom("add", "replace");

const emailList: fc.Arbitrary<readonly Email[]> = fc
  .tuple(
    fc.subarray([...types], { minLength: 1 }),
    fc.array(word, { minLength: 3, maxLength: 3 }),
    fc.option(fc.nat(2)),
  )
  .map(([chosen, values, primary]) =>
    chosen.map((type, at) => ({ value: values[at] ?? "a@x", type, ...(at === primary ? { primary: true } : {}) })),
  );

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant("text"), op, name: fc.constantFrom("userName", "title"), value: word }),
  fc.record({ kind: fc.constant("clear"), name: fc.constantFrom("title", "name", "emails") }),
  fc.record({ kind: fc.constant("name"), op, part, value: word }),
  fc.record({ kind: fc.constant("unname"), part }),
  fc.record({ kind: fc.constant("emails"), op: fc.constant("replace"), emails: emailList }),
  fc.record({ kind: fc.constant("address"), op, type: fc.constantFrom(...types), value: word }),
  fc.record({ kind: fc.constant("drop"), type: fc.constantFrom(...types) }),
) as fc.Arbitrary<Step>;

const addition = emailList.map((emails): Step => ({ kind: "emails", op: "add", emails }));

const person: fc.Arbitrary<Person> = fc.record(
  { userName: word, title: word, name: fc.record({ givenName: word, familyName: word }), emails: emailList },
  { requiredKeys: ["userName"] },
);

function run(start: Person, steps: readonly Step[]): unknown {
  const patch = parsePatch({ schemas: [PATCH_OP_URN], Operations: steps.map(toOperation) }, user);
  const attributes = start as Attributes;
  try {
    return patch.apply(attributes);
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe("random PATCH requests", () => {
  it("D03–D32: end where the reference ends", () => {
    fc.assert(
      fc.property(person, fc.array(step, { maxLength: 6 }), (start, steps) => {
        expect(run(start, steps)).toEqual(applySteps(start, steps));
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });

  it("D05, D26: additions end where the reference ends", () => {
    fc.assert(
      fc.property(person, addition, (start, added) => {
        expect(run(start, [added])).toEqual(applySteps(start, [added]));
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });

  it("D24, D27: leave the input as it is, and return it when nothing changed", () => {
    fc.assert(
      fc.property(person, fc.array(step, { maxLength: 6 }), (start, steps) => {
        const before = structuredClone(start);
        const result = run(start, steps);
        expect(start).toEqual(before);
        if (JSON.stringify(result) === JSON.stringify(start)) expect(result).toBe(start);
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });
});

/** Names that hurt, names that exist, and paths made of both. */
const hostileName = fc.constantFrom(
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "hasOwnProperty",
  "polluted",
  "value",
  "userName",
  "name",
  "emails",
  "members",
  "manager",
  "schemas",
  TEAM_URN,
  USER_URN,
);
const hostilePath = fc
  .tuple(
    hostileName,
    fc.constantFrom("", ".", ":", "[", '[value eq "'),
    hostileName,
    fc.constantFrom("", '"]', "]", '"].value', "."),
  )
  .map((pieces) => pieces.join(""));
const hostileValue = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom(null, "", "True", "x", 0, -1, 2 ** 60, true, false),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.array(fc.tuple(fc.oneof(hostileName, hostilePath), tie("value")), { maxLength: 3 }).map(toOwnObject),
  ),
})).value;

/** As JSON.parse makes it: `__proto__` is an own property. */
function toOwnObject(entries: readonly (readonly [string, unknown])[]): object {
  const object = {};
  for (const [name, value] of entries)
    Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
  return object;
}

const hostileOperation = fc.record(
  {
    op: fc.constantFrom("add", "Replace", "REMOVE", "move"),
    path: fc.oneof(hostilePath, hostileName),
    value: hostileValue,
  },
  { requiredKeys: ["op"] },
);

const untouched = (): unknown => [
  Object.getOwnPropertyNames(Object.prototype).sort(),
  Object.getOwnPropertyNames(Array.prototype).sort(),
  Object.getOwnPropertyNames(Function.prototype).sort(),
  Reflect.get({}, "polluted"),
];

describe("hostile requests", () => {
  const before = untouched();

  it("J44, D50, A33: PATCH throws nothing but ScimError, and Object.prototype stays as it was", () => {
    fc.assert(
      fc.property(
        fc.array(hostileOperation, { maxLength: 4 }),
        fc.constantFrom(user, group, testResource),
        (Operations, type) => {
          codeOf(() => {
            const result = parsePatch({ schemas: [PATCH_OP_URN], Operations }, type).apply(mira);
            expect(JSON.stringify(result)).not.toContain("__proto__");
          });
          expect(untouched()).toEqual(before);
        },
      ),
      { seed: SEED, numRuns: 4000 },
    );
  });

  it("J44, A33: POST throws nothing but ScimError, and keeps nothing that the schema does not know", () => {
    fc.assert(
      fc.property(hostileValue, fc.constantFrom(user, group, testResource), (value, type) => {
        const body = {
          ...(typeof value === "object" ? value : { value }),
          schemas: [type.schema.id],
          userName: "u",
          displayName: "d",
        };
        codeOf(() => {
          const { attributes } = parseResource(body, type, "create");
          expect(JSON.stringify(attributes)).not.toMatch(/__proto__|polluted"\s*:|constructor"\s*:|toString"\s*:/);
        });
        expect(untouched()).toEqual(before);
      }),
      { seed: SEED, numRuns: 4000 },
    );
  });

  const piece = fc.constantFrom(
    "userName",
    "emails",
    "active",
    "manager",
    " eq ",
    " pr",
    " and ",
    " or ",
    "not ",
    "(",
    ")",
    "[",
    "]",
    '"',
    '"x"',
    "\\",
    ".",
    "true",
    "1",
    "null",
    ":",
    "\u0000",
    "é",
  );

  it("B19–B22: filters throw nothing but ScimError, and what is parsed can be matched", () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        codeOf(() => {
          const match = compileFilter(parseFilter(pieces.join(""), user), user);
          match({ id: "1", attributes: mira, created: "2026-01-01T00:00:00Z", lastModified: "2026-01-01T00:00:00Z" });
        });
      }),
      { seed: SEED, numRuns: 5000 },
    );
  });

  it("C08: queries throw nothing but ScimError", () => {
    const name = fc.constantFrom(
      "filter",
      "sortBy",
      "sortOrder",
      "startIndex",
      "count",
      "attributes",
      "excludedAttributes",
      "schemas",
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(name, fc.oneof(fc.string(), hostilePath)), { maxLength: 4 }),
        hostileValue,
        (pairs, body) => {
          const limits = { maxResults: 10, defaultResults: 5, scannedResources: 10 };
          codeOf(() => parseQuery(new URLSearchParams(pairs as [string, string][]), user, limits));
          codeOf(() => parseQuery(body, user, limits));
          codeOf(() => parseWalk(body, limits));
        },
      ),
      { seed: SEED, numRuns: 2000 },
    );
  });
});
