/**
 * One evaluation under way: its context, and what it may still spend.
 *
 * @module
 */
import type { EvaluationContext, EvaluationLimits } from "./context.ts";
import { ExpressionError } from "./errors.ts";
import type { Pattern } from "./pattern.ts";
import { isList, isStructure, type Value } from "./value.ts";

const DEFAULT_LIMITS: EvaluationLimits = { textLength: 100_000, listLength: 10_000, work: 5_000_000 };

export interface Run {
  readonly context: EvaluationContext;
  readonly limits: EvaluationLimits;
  /** Patterns that were compiled beforehand, by their source. */
  readonly patterns: ReadonlyMap<string, Pattern>;
  workLeft: number;
}

export function startRun(context: EvaluationContext, patterns: ReadonlyMap<string, Pattern>): Run {
  const limits = context.limits === undefined ? DEFAULT_LIMITS : { ...DEFAULT_LIMITS, ...context.limits };
  return { context, limits, patterns, workLeft: limits.work };
}

/**
 * Takes work from what is left. Whatever may be large is paid before it is made.
 *
 * @throws ExpressionError `limit`
 */
export function spend(run: Run, work: number): void {
  run.workLeft -= work;
  if (run.workLeft < 0) throw limit("This expression takes too much work over these values.");
}

/** @throws ExpressionError `limit` when a text of this length may not be made */
export function spendText(run: Run, length: number): void {
  if (length > run.limits.textLength) throw limit(`A text would be longer than ${run.limits.textLength} characters.`);
  spend(run, length);
}

/** @throws ExpressionError `limit` when a list of this length may not be made */
export function spendList(run: Run, length: number): void {
  if (length > run.limits.listLength) throw limit(`A list would have more than ${run.limits.listLength} values.`);
  spend(run, length);
}

/** In units of work, what it costs to compare characters while looking for one text in another. */
const COMPARISONS_PER_UNIT = 100;

/** Pays for looking for one text in another, which may compare every character with every other. */
export function spendSearch(run: Run, text: string, wanted: string): void {
  spend(run, (text.length * wanted.length) / COMPARISONS_PER_UNIT);
}

/** Pays for a value that is read or was made, by its size. */
export function spendValue(run: Run, value: Value): void {
  spend(run, 1);
  if (typeof value === "string") spendText(run, value.length);
  else if (isList(value)) {
    spendList(run, value.length);
    for (const single of value) spendValue(run, single);
  } else if (isStructure(value)) {
    for (const field of value.fields.values()) spendValue(run, field);
  }
}

function limit(message: string): ExpressionError {
  return new ExpressionError("limit", message, { hint: "Shorten the values first, for example with Left." });
}
