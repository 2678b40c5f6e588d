/**
 * One comparison of a filter: which attribute is really meant, whether the operator fits it, and the literal as a value
 * of its type (RFC 7644 §3.4.2.2 table 3).
 *
 * @module
 */
import { type Attribute, isHidden } from "./attribute.ts";
import { parseInstant } from "./date-time.ts";
import { describeAttribute, describeValue } from "./describe.ts";
import { ScimError } from "./errors.ts";
import type { ComparisonOperator, Filter } from "./filter-tree.ts";
import type { AttributePath } from "./path.ts";
import { acceptScalar, expectedScalar } from "./scalar.ts";
import { subAttributeOf } from "./schema-index.ts";
import { rewriteValue } from "./value-dialects.ts";

export type Literal = string | number | boolean | null;
type Comparison = Extract<Filter, { readonly kind: "compare" }>;

const OPERATORS: ReadonlySet<string> = new Set<ComparisonOperator>([
  "eq",
  "ne",
  "co",
  "sw",
  "ew",
  "gt",
  "ge",
  "lt",
  "le",
]);
const SUBSTRING: ReadonlySet<string> = new Set(["co", "sw", "ew"]);
const ORDER: ReadonlySet<string> = new Set(["gt", "ge", "lt", "le"]);
const TEXTUAL: ReadonlySet<string> = new Set(["string", "reference", "binary"]);

/** An operator in any case (RFC 7644 §3.4.2.2). */
export function operatorOf(word: string): ComparisonOperator | undefined {
  const folded = word.toLowerCase();
  return isOperator(folded) ? folded : undefined;
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
  const name = describeAttribute(target.extension, target.attribute, target.subAttribute);
  if (literal === null) {
    return operator === "eq" || operator === "ne"
      ? { kind: "compare", path: target, operator, value: null }
      : "null can be compared with eq and ne only";
  }
  if (leaf.type === "complex") return `${name} needs a sub-attribute to be compared, such as ${exampleOf(leaf)}`;
  if (!fits(operator, leaf)) return `${operator} cannot compare ${name}, which is of type ${leaf.type}`;
  const value = acceptLiteral(literal, leaf);
  if (value === undefined) return `${name} is compared with ${expectedScalar(leaf)}, not ${describeValue(literal)}`;
  return { kind: "compare", path: target, operator, value };
}

/** @throws ScimError `sensitive`, also for `pr`: no filter tells anything about what no answer shows */
export function refuseHidden({ attribute, subAttribute }: AttributePath): void {
  const hidden = [attribute, subAttribute].find((part) => part !== undefined && isHidden(part));
  if (hidden !== undefined) {
    throw new ScimError("sensitive", `${hidden.name} cannot be used in a filter: it is never returned.`);
  }
}

/** RFC 7644 §3.4.2.2: `emails co "x"` means `emails.value`; Entra compares `manager` in the same way. */
function withDefaultSubAttribute(path: AttributePath): AttributePath {
  if (path.subAttribute !== undefined || path.attribute.type !== "complex") return path;
  return { ...path, subAttribute: subAttributeOf(path.attribute, "value") };
}

/** Substrings exist in text; order exists in everything but Booleans and binaries. */
function fits(operator: ComparisonOperator, { type }: Attribute): boolean {
  if (SUBSTRING.has(operator)) return TEXTUAL.has(type);
  if (ORDER.has(operator)) return type !== "boolean" && type !== "binary";
  return true;
}

/** Parts of a base64 or URI text need not be such a text themselves. */
function acceptLiteral(literal: string | number | boolean, leaf: Attribute): string | number | boolean | undefined {
  if (TEXTUAL.has(leaf.type)) return typeof literal === "string" ? literal : undefined;
  const value = leaf.type === "boolean" ? rewriteValue(literal, leaf, false) : literal;
  if (leaf.type === "dateTime" && (typeof value !== "string" || parseInstant(value) === undefined)) return undefined;
  return acceptScalar(value, leaf);
}

function isOperator(word: string): word is ComparisonOperator {
  return OPERATORS.has(word);
}

function exampleOf({ name, subAttributes }: Attribute): string {
  return `${name}.${subAttributes?.[0]?.name}`;
}
