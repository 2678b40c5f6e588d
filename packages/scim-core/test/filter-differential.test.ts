/**
 * Filters beside scim2-parse-filter, which knows no schema. It is given what the schema says, translation by translation:
 * each stands for one difference between the two, and with all of them nothing else may differ.
 */
import fc from "fast-check";
import peer from "scim2-parse-filter";
import { describe, expect, it } from "vitest";
import { type Attributes, type AttributeValue, compileFilter, parseFilter, parseInstant } from "../src/index.ts";
import { codeOf, testResource } from "./types.ts";

const SEED = 3422;
const RUNS = 10_000;

type Literal = string | number | boolean | null;

/** A filter before it is a text. */
type Tree =
  | { readonly kind: "compare"; readonly path: string; readonly operator: string; readonly value: Literal }
  | { readonly kind: "present"; readonly path: string }
  | { readonly kind: "element"; readonly path: string; readonly filter: Tree }
  | { readonly kind: "not"; readonly operand: Tree }
  | { readonly kind: "and" | "or"; readonly operands: readonly Tree[] };

type Comparison = Extract<Tree, { readonly kind: "compare" }>;
type ValuePath = Extract<Tree, { readonly kind: "element" }>;

/** Every name of the type with what it may be compared with. Values are few, so that many comparisons hold. */
const words = fc.constantFrom("Ant", "ant", "Bee", "bee hive", "beehive", "C", 'say "x"', "Ünal", "ünal");
const instants = fc.constantFrom("2026-01-01T00:00:00Z", "2026-01-01T01:00:00+01:00", "2025-12-31T23:00:00.5Z");
const KINDS = {
  text: { values: words, operators: ["eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le"] },
  number: { values: fc.constantFrom(0, 1, 2, 10), operators: ["eq", "ne", "gt", "ge", "lt", "le"] },
  flag: { values: fc.boolean(), operators: ["eq", "ne"] },
  instant: { values: instants, operators: ["eq", "ne", "gt", "ge", "lt", "le"] },
} as const;

type Kind = keyof typeof KINDS;

const NAMES: readonly (readonly [path: string, kind: Kind])[] = [
  ["identifier", "text"],
  ["caseExactString", "text"],
  ["integerAttr", "number"],
  ["decimalAttr", "number"],
  ["booleanAttr", "flag"],
  ["dateTimeAttr", "instant"],
  ["multiStrings", "text"],
  ["multiComplex", "text"],
  ["multiComplex.type", "text"],
  ["multiComplex.count", "number"],
];
const PARTS: typeof NAMES = [
  ["value", "text"],
  ["type", "text"],
  ["count", "number"],
];

const DATES = new Set(NAMES.filter(([, kind]) => kind === "instant").map(([path]) => path));
const CASE_EXACT = new Set(["caseExactString"]);

function leaves(names: typeof NAMES): fc.Arbitrary<Tree> {
  return fc.constantFrom(...names).chain(([path, kind]): fc.Arbitrary<Tree> => {
    const { values, operators } = KINDS[kind];
    const value = values as fc.Arbitrary<Literal>;
    return fc.oneof(
      { weight: 6, arbitrary: compared(path, fc.constantFrom<string>(...operators), value) },
      { weight: 1, arbitrary: compared(path, fc.constantFrom("eq", "ne"), fc.constant(null)) },
      { weight: 1, arbitrary: fc.constant({ kind: "present" as const, path }) },
    );
  });
}

function compared(path: string, operator: fc.Arbitrary<string>, value: fc.Arbitrary<Literal>): fc.Arbitrary<Tree> {
  return fc.record({ kind: fc.constant("compare" as const), path: fc.constant(path), operator, value });
}

function trees(leaf: fc.Arbitrary<Tree>): fc.Arbitrary<Tree> {
  return fc.letrec<{ tree: Tree }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      { weight: 3, arbitrary: leaf },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant("not" as const), operand: tie("tree") }) },
      {
        weight: 2,
        arbitrary: fc.record({
          kind: fc.constantFrom("and" as const, "or" as const),
          operands: fc.array(tie("tree"), { minLength: 2, maxLength: 3 }),
        }),
      },
    ),
  })).tree;
}

const element = fc.record({
  kind: fc.constant("element" as const),
  path: fc.constant("multiComplex"),
  filter: trees(leaves(PARTS)),
});
const filters = trees(fc.oneof({ weight: 4, arbitrary: leaves(NAMES) }, { weight: 1, arbitrary: element }));

const resources: fc.Arbitrary<Attributes> = fc
  .record(
    {
      identifier: words,
      caseExactString: words,
      integerAttr: KINDS.number.values,
      decimalAttr: KINDS.number.values,
      booleanAttr: fc.boolean(),
      dateTimeAttr: instants,
      multiStrings: fc.array(words, { minLength: 1, maxLength: 3 }),
      multiComplex: fc.array(fc.record({ value: words, type: words, count: KINDS.number.values }), {
        minLength: 1,
        maxLength: 2,
      }),
    },
    { requiredKeys: ["identifier"] },
  )
  .map((attributes) => attributes as Attributes);

/** Why the two differ, and what makes the peer see a filter, or a value of a resource, as the schema does. */
interface Difference {
  readonly name: string;
  readonly clause: string;
  readonly filter?: (leaf: Comparison) => Tree;
  readonly value?: (value: AttributeValue, path: string) => AttributeValue;
  /** The same for one of the values of a multi-valued attribute. */
  readonly element?: (value: AttributeValue, path: string) => AttributeValue;
  readonly valuePath?: (path: ValuePath) => Tree;
  readonly resource?: (attributes: Attributes) => Attributes;
}

function elementsOf({ multiComplex }: Attributes): readonly AttributeValue[] {
  return Array.isArray(multiComplex) ? multiComplex : [];
}

/** As many elements as a resource has at most; the peer gets each as an attribute of its own as well. */
const PLACES = [0, 1];

const DIFFERENCES: readonly Difference[] = [
  {
    name: "a value filter is bound to one element",
    clause: "RFC 7644 §3.4.2.2",
    valuePath: ({ path, ...rest }) => ({
      kind: "or",
      operands: PLACES.map((place) => ({ ...rest, path: `${path}${place}` })),
    }),
    resource: (attributes) => ({
      ...attributes,
      ...Object.fromEntries(elementsOf(attributes).map((element, at) => [`multiComplex${at}`, element])),
    }),
  },
  {
    name: "a complex attribute is compared by its value",
    clause: "RFC 7644 §3.4.2.2",
    filter: (leaf) =>
      leaf.path === "multiComplex" && leaf.value !== null ? { ...leaf, path: "multiComplex.value" } : leaf,
  },
  {
    name: "a comparison with several simple values holds when one of them satisfies it",
    clause: "RFC 7644 §3.4.2.2",
    filter: (leaf) =>
      leaf.path === "multiStrings" && leaf.value !== null ? { ...leaf, path: "multiStrings.value" } : leaf,
    element: (value, path) => (path === "multiStrings" ? { value } : value),
  },
  {
    name: "text is compared without case unless the schema says caseExact",
    clause: "RFC 7643 §2.2",
    filter: (leaf) => ({ ...leaf, value: folded(leaf.value, leaf.path) }),
    value: folded,
  },
  {
    name: "dateTimes are instants",
    clause: "RFC 7644 §3.4.2.2 table 3",
    filter: (leaf) => ({ ...leaf, value: instant(leaf.value, leaf.path) }),
    value: instant,
  },
  {
    name: "null means that nothing is assigned",
    clause: "RFC 7643 §2.5",
    filter: (leaf) => {
      if (leaf.value !== null) return leaf;
      const present: Tree = { kind: "present", path: leaf.path };
      return leaf.operator === "ne" ? present : { kind: "not", operand: present };
    },
  },
  {
    name: "ne is the opposite of eq, also where nothing is assigned and where there are several values",
    clause: "RFC 7644 §3.4.2.2 table 3",
    filter: (leaf) => (leaf.operator === "ne" ? { kind: "not", operand: { ...leaf, operator: "eq" } } : leaf),
  },
];

function folded<Value extends AttributeValue | null>(value: Value, path: string): Value {
  return typeof value === "string" && !CASE_EXACT.has(path) && !DATES.has(path)
    ? (value.toLowerCase() as Value)
    : value;
}

function instant<Value extends AttributeValue | null>(value: Value, path: string): Value {
  return typeof value === "string" && DATES.has(path) ? ((parseInstant(value) ?? 0) as Value) : value;
}

function translate(tree: Tree, differences: readonly Difference[]): Tree {
  switch (tree.kind) {
    case "and":
    case "or":
      return { ...tree, operands: tree.operands.map((operand) => translate(operand, differences)) };
    case "not":
      return { ...tree, operand: translate(tree.operand, differences) };
    case "element": {
      const path = { ...tree, filter: translate(tree.filter, differences) };
      return differences.reduce<Tree>((kept, { valuePath }) => valuePath?.(path) ?? kept, path);
    }
    case "present":
      return tree;
    case "compare":
      return differences.reduce<Tree>((leaf, { filter }) => (filter === undefined ? leaf : onLeaf(leaf, filter)), tree);
  }
}

/** A translation may have put a leaf under `not` before. */
function onLeaf(tree: Tree, change: (leaf: Comparison) => Tree): Tree {
  if (tree.kind === "compare") return change(tree);
  return tree.kind === "not" ? { ...tree, operand: onLeaf(tree.operand, change) } : tree;
}

function translateResource(attributes: Attributes, differences: readonly Difference[]): AttributeValue {
  const changed = differences.reduce((all, { resource }) => resource?.(all) ?? all, attributes);
  return translateValue(changed, "", differences);
}

function translateValue(value: AttributeValue, path: string, differences: readonly Difference[]): AttributeValue {
  if (Array.isArray(value)) {
    const elements = value.map((one) =>
      differences.reduce((changed, { element }) => element?.(changed, path) ?? changed, one),
    );
    return elements.map((one) => translateValue(one, path, differences));
  }
  if (typeof value === "object") {
    return Object.fromEntries(
      Object.entries(value).map(([name, part]) => [
        name,
        translateValue(part, path === "" ? name : `${path}.${name}`, differences),
      ]),
    );
  }
  return differences.reduce<AttributeValue>(
    (translated, difference) => difference.value?.(translated, path) ?? translated,
    value,
  );
}

/** Brackets around every operand leave nothing to precedence, which has a test of its own. */
function write(tree: Tree): string {
  switch (tree.kind) {
    case "and":
    case "or":
      return tree.operands.map((operand) => `(${write(operand)})`).join(` ${tree.kind} `);
    case "not":
      return `not (${write(tree.operand)})`;
    case "element":
      return `${tree.path}[${write(tree.filter)}]`;
    case "present":
      return `${tree.path} pr`;
    case "compare":
      return `${tree.path} ${tree.operator} ${JSON.stringify(tree.value)}`;
  }
}

const facts = { id: "r-1", created: "2026-01-01T00:00:00Z", lastModified: "2026-01-01T00:00:00Z" };

function ours(filter: string, attributes: Attributes): boolean {
  return compileFilter(parseFilter(filter, testResource), testResource)({ ...facts, attributes });
}

function theirs(tree: Tree, attributes: Attributes, differences: readonly Difference[]): boolean {
  const filter = write(translate(tree, differences));
  return peer.filter(peer.parse(filter))(translateResource(attributes, differences));
}

describe("filters beside scim2-parse-filter", () => {
  it("RFC 7644 §3.4.2.2: every difference is one of those that have a name", () => {
    fc.assert(
      fc.property(filters, resources, (tree, attributes) => {
        expect(ours(write(tree), attributes)).toBe(theirs(tree, attributes, DIFFERENCES));
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });

  it.each(DIFFERENCES)("$clause: $name; without that the two differ", (difference) => {
    const others = DIFFERENCES.filter((other) => other !== difference);
    const pairs = fc.sample(fc.tuple(filters, resources), { seed: SEED, numRuns: RUNS });
    const differs = pairs.filter(
      ([tree, attributes]) => ours(write(tree), attributes) !== theirs(tree, attributes, others),
    );
    expect(differs.length).toBeGreaterThan(0);
  });

  it("B23: without brackets both bind `and` tighter than `or`, and `not` tightest", () => {
    const operators = fc.array(fc.constantFrom("and", "or"), { minLength: 1, maxLength: 4 });
    const flat = fc.tuple(operators, fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }));
    fc.assert(
      fc.property(flat, resources, ([between, negated], attributes) => {
        const leaf = (at: number) => (negated[at] ? "not (booleanAttr eq true)" : "booleanAttr eq true");
        const filter = between.reduce((text, operator, at) => `${text} ${operator} ${leaf(at + 1)}`, leaf(0));
        expect(ours(filter, attributes)).toBe(peer.filter(peer.parse(filter))(attributes));
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });

  it.each([
    ["B05", 'nobodyKnowsThis eq "x"', "an attribute that the schema does not have"],
    ["T3", "booleanAttr gt true", "an operator that the type does not have"],
    ["T3", "integerAttr co 1", "a part of a number"],
    ["T3", 'integerAttr eq "x"', "a value of another type"],
    ["T3", "identifier gt null", "an order with nothing"],
    ["J34", 'écrit eq "x"', "a name that is not ASCII"],
  ] as const)("%s: %s is refused by ours only: %s", (_id, filter, _reason) => {
    const acceptedThere = filter.startsWith("é") || peer.parse(filter) !== undefined;
    expect(acceptedThere).toBe(true);
    expect(codeOf(() => parseFilter(filter, testResource))).toBe("invalidFilter");
  });

  it.each([
    ["B25", "booleanAttr eq TRUE", { booleanAttr: true }],
    ["T3", "(integerAttr eq -1)", { integerAttr: -1 }],
    ["B02", 'identifier eq "\\u0041nt"', { identifier: "Ant" }],
    ["B02", 'identifier eq "tab\\there"', { identifier: "tab\there" }],
    ["B02", 'identifier eq "C\\\\"', { identifier: "C\\" }],
  ] as const)("%s: %s is read by ours as RFC 7159 and the grammar have it", (_id, filter, attributes) => {
    expect(ours(filter, attributes)).toBe(true);
    expect(attempt(() => peer.filter(peer.parse(filter))(attributes))).not.toBe(true);
  });
});

function attempt(call: () => unknown): unknown {
  try {
    return call();
  } catch {
    return "refused";
  }
}
