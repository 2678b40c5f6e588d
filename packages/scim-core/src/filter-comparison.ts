/**
 * One comparison of a filter: which attribute is really meant, whether the operator fits it, and the literal as a value
 * of its type (RFC 7644 §3.4.2.2 table 3).
 *
 * @module
 */
import { type Attribute, type AttributeType, isHidden } from "./attribute.ts";
import { parseInstant } from "./date-time.ts";
import { describeValue } from "./describe.ts";
import { ScimError } from "./errors.ts";
import type { ComparisonOperator, Filter } from "./filter-tree.ts";
import { type AttributePath, describePath } from "./path.ts";
import { acceptScalar, expectedScalar } from "./scalar.ts";
import { subAttributeOf } from "./schema-index.ts";
import { rewriteValue } from "./value-dialects.ts";

export type Literal = string | number | boolean | null;
type Comparison = Extract<Filter, { readonly kind: "compare" }>;

const TEXTUAL: ReadonlySet<AttributeType> = new Set(["string", "reference", "binary"]);
const ORDERED: ReadonlySet<AttributeType> = new Set(["string", "reference", "dateTime", "integer", "decimal"]);
const SIMPLE: ReadonlySet<AttributeType> = new Set([...TEXTUAL, ...ORDERED, "boolean"]);

/** What each operator compares: substrings exist in text, order in everything but Booleans and binaries. */
const COMPARED: Readonly<Record<ComparisonOperator, ReadonlySet<AttributeType>>> = {
  eq: SIMPLE,
  ne: SIMPLE,
  co: TEXTUAL,
  sw: TEXTUAL,
  ew: TEXTUAL,
  gt: ORDERED,
  ge: ORDERED,
  lt: ORDERED,
  le: ORDERED,
};

type Operator = ComparisonOperator | "pr";

const OPERATORS: ReadonlyMap<string, Operator> = new Map(
  (["pr", ...Object.keys(COMPARED)] as Operator[]).map((operator) => [operator, operator]),
);

/** An operator in any case (RFC 7644 §3.4.2.2); `pr` compares nothing. */
export function operatorOf(word: string): Operator | undefined {
  return OPERATORS.get(word) ?? OPERATORS.get(word.toLowerCase());
}

/**
 * The comparison with its literal as a value of the attribute's type, or the problem as a text.
 *
 * @throws ScimError `sensitive` for attributes that no answer shows: a filter would read them bit by bit
 *   (RFC 7644 §7.5.2)
 */
export function compare(path: AttributePath, operator: ComparisonOperator, literal: Literal): Comparison | string {
  refuseHidden(path);
  const target = withDefaultSubAttribute(path);
  const leaf = target.subAttribute ?? target.attribute;
  if (literal === null) {
    return operator === "eq" || operator === "ne"
      ? { kind: "compare", path: target, operator, value: null }
      : "null can be compared with eq and ne only";
  }
  if (leaf.type === "complex")
    return `${describePath(target)} needs a sub-attribute to be compared, such as ${exampleOf(leaf)}`;
  if (!COMPARED[operator].has(leaf.type))
    return `${operator} cannot compare ${describePath(target)}, which is of type ${leaf.type}`;
  const value = acceptLiteral(literal, leaf);
  if (value === undefined)
    return `${describePath(target)} is compared with ${expectedScalar(leaf)}, not ${describeValue(literal)}`;
  return { kind: "compare", path: target, operator, value };
}

/** @throws ScimError `sensitive`, also for `pr`: no filter tells anything about what no answer shows */
export function refuseHidden({ attribute, subAttribute }: AttributePath): void {
  for (const part of subAttribute === undefined ? [attribute] : [attribute, subAttribute]) {
    if (isHidden(part))
      throw new ScimError("sensitive", `${part.name} cannot be used in a filter: it is never returned.`);
  }
}

/** RFC 7644 §3.4.2.2: `emails co "x"` means `emails.value`; Entra compares `manager` in the same way. */
function withDefaultSubAttribute(path: AttributePath): AttributePath {
  if (path.subAttribute !== undefined || path.attribute.type !== "complex") return path;
  return { ...path, subAttribute: subAttributeOf(path.attribute, "value") };
}

/** Parts of a base64 or URI text need not be such a text themselves. */
function acceptLiteral(literal: string | number | boolean, leaf: Attribute): string | number | boolean | undefined {
  if (TEXTUAL.has(leaf.type)) return typeof literal === "string" ? literal : undefined;
  const value = leaf.type === "boolean" ? rewriteValue(literal, leaf, false) : literal;
  if (leaf.type === "dateTime" && (typeof value !== "string" || parseInstant(value) === undefined)) return undefined;
  return acceptScalar(value, leaf);
}

function exampleOf({ name, subAttributes }: Attribute): string {
  return `${name}.${subAttributes?.[0]?.name}`;
}
