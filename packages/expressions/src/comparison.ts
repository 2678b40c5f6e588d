/**
 * What `=`, `<>`, `>`, `>=`, `<` and `<=` mean: dates by time if either side is one, numbers by size if either side is
 * one, everything else as text, ordinally and case-sensitively. Null equals null alone, and is neither less nor more.
 *
 * @module
 */
import type { ComparisonOperator } from "./ast.ts";
import { asNumber, toSingle, toText } from "./conversion.ts";
import { parseDateTime } from "./date-parse.ts";
import { isDateTime } from "./date-time.ts";
import type { Scalar, Value } from "./value.ts";

/** Less than 0, 0 or more; `undefined` for values that have no order between them. */
type Order = number | undefined;

const MEANING: Readonly<Record<ComparisonOperator, (order: Order) => boolean>> = {
  "=": (order) => order === 0,
  "<>": (order) => order !== 0,
  ">": (order) => order !== undefined && order > 0,
  ">=": (order) => order !== undefined && order >= 0,
  "<": (order) => order !== undefined && order < 0,
  "<=": (order) => order !== undefined && order <= 0,
};

/** @throws ExpressionError `type` for several values, and for a structure */
export function compare(operator: ComparisonOperator, left: Value, right: Value): boolean {
  return MEANING[operator](orderOf(toSingle(left), toSingle(right)));
}

function orderOf(left: Scalar | null, right: Scalar | null): Order {
  if (left === null || right === null) return left === right ? 0 : undefined;
  if (isDateTime(left) || isDateTime(right)) return orderBy(ticksOf, left, right);
  if (isNumber(left) || isNumber(right)) return orderBy(asNumber, left, right);
  return orderBy(toText, left, right);
}

function orderBy(
  key: (value: Scalar) => number | bigint | string | null | undefined,
  left: Scalar,
  right: Scalar,
): Order {
  const [first, second] = [key(left), key(right)];
  if (first == null || second == null) return undefined;
  if (first < second) return -1;
  return first > second ? 1 : 0;
}

function ticksOf(value: Scalar): bigint | undefined {
  if (isDateTime(value)) return value.ticks;
  return typeof value === "string" ? parseDateTime(value)?.ticks : undefined;
}

function isNumber(value: Scalar): boolean {
  return typeof value === "number" || typeof value === "bigint";
}
