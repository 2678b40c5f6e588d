/**
 * Why an expression has the value it has: what every part of it comes to, also in the branches that were not taken.
 *
 * @module
 */
import { childrenOf, type Expression, type ExpressionNode, type Span } from "./ast.ts";
import type { EvaluationContext, ExpressionResult, ExpressionValue } from "./context.ts";
import { type ExpressionErrorCode, isExpressionError } from "./errors.ts";
import { evaluateNode, type Observer } from "./evaluate.ts";
import { FlowIgnored } from "./flow.ts";
import { type Run, startRun } from "./run.ts";
import { sliceText } from "./text-slice.ts";
import { exposeValue, isList, type Scalar, type Structure, type Value } from "./value.ts";

/** Why a part has no value, as plain data. */
export interface ExpressionFailure {
  readonly kind: "error";
  readonly code: ExpressionErrorCode;
  readonly message: string;
  readonly position: number | undefined;
  readonly hint: string | undefined;
}

/** What a part came to. A `redacted` one has a value that no log may show. */
export type TraceOutcome =
  | { readonly kind: "value"; readonly value: ExpressionValue }
  | { readonly kind: "redacted" }
  | { readonly kind: "ignore" }
  | ExpressionFailure;

/** One part of an expression, with the parts it is made of. */
export interface TraceNode extends Span {
  readonly kind: ExpressionNode["kind"];
  /** How it is written. */
  readonly source: string;
  /** Whether the result needed it. What it did not need was evaluated for the trace alone. */
  readonly taken: boolean;
  readonly outcome: TraceOutcome;
  readonly children: readonly TraceNode[];
}

/** The result, or the error in its place, and the way there. All of it is plain data that JSON can hold. */
export interface Explanation {
  readonly result: ExpressionResult | ExpressionFailure;
  readonly trace: TraceNode;
}

/** Longer values are cut in a trace, where every part repeats what it is made of. */
const SHOWN_LENGTH = 200;
const SHOWN_VALUES = 20;

/**
 * Evaluates an expression, and every part of it by itself. The result is the one of `evaluateExpression` over the same
 * context: what was not taken is evaluated afterwards, with limits of its own. Errors are answered, not thrown.
 *
 * @param expression what was read
 * @param context as for `evaluateExpression`
 * @example
 * const { result, trace } = explainExpression(rule, context);
 * for (const branch of trace.children) console.log(branch.taken ? "→" : " ", branch.source, branch.outcome);
 */
export function explainExpression(expression: Expression, context: EvaluationContext): Explanation {
  const { root, patterns } = expression;
  const taken = new Map<ExpressionNode, Outcome>();
  const outcome = attempt(root, startRun(context, patterns), taken);
  const others = new Map<ExpressionNode, Outcome>();
  evaluateOthers(root, startRun(context, patterns), taken, others);
  return { result: resultOf(outcome, expression), trace: traceOf(root, { expression, taken, others }) };
}

type Outcome = { readonly kind: "value"; readonly value: Value } | { readonly kind: "ignore" } | ExpressionFailure;

/** Evaluates a node, and keeps what it and everything it needed came to. */
function attempt(node: ExpressionNode, run: Run, outcomes: Map<ExpressionNode, Outcome>): Outcome {
  const observer: Observer = {
    value: (seen, value) => outcomes.set(seen, { kind: "value", value }),
    error: (seen, error) => outcomes.set(seen, outcomeOfError(error)),
  };
  try {
    return { kind: "value", value: evaluateNode(node, run, observer) };
  } catch (error) {
    return outcomeOfError(error);
  }
}

/** @throws whatever is no answer of the language: an error of the context's own functions */
function outcomeOfError(error: unknown): Outcome {
  if (error instanceof FlowIgnored) return { kind: "ignore" };
  if (!isExpressionError(error)) throw error;
  const { code, message, position, hint } = error;
  return { kind: "error", code, message, position, hint };
}

/** Every node is evaluated once: whoever was not reached has nobody below who was. */
function evaluateOthers(
  node: ExpressionNode,
  run: Run,
  taken: ReadonlyMap<ExpressionNode, Outcome>,
  others: Map<ExpressionNode, Outcome>,
): void {
  if (!taken.has(node) && !others.has(node)) attempt(node, run, others);
  for (const child of childrenOf(node)) evaluateOthers(child, run, taken, others);
}

interface Outcomes {
  readonly expression: Expression;
  readonly taken: ReadonlyMap<ExpressionNode, Outcome>;
  readonly others: ReadonlyMap<ExpressionNode, Outcome>;
}

function traceOf(node: ExpressionNode, outcomes: Outcomes): TraceNode {
  const { expression, taken, others } = outcomes;
  const { kind, start, end } = node;
  return {
    kind,
    source: expression.text.slice(start, end),
    start,
    end,
    taken: taken.has(node),
    outcome: shown(taken.get(node) ?? others.get(node) ?? { kind: "ignore" }, expression.redacted.has(node)),
    children: childrenOf(node).map((child) => traceOf(child, outcomes)),
  };
}

function resultOf(outcome: Outcome, { root, redacted }: Expression): Explanation["result"] {
  if (outcome.kind !== "value") return outcome;
  return { kind: "value", value: exposeValue(outcome.value), redacted: redacted.has(root) };
}

function shown(outcome: Outcome, redacted: boolean): TraceOutcome {
  if (outcome.kind !== "value") return outcome;
  return redacted ? { kind: "redacted" } : { kind: "value", value: exposeValue(shortened(outcome.value)) };
}

function shortened(value: Value): Value {
  if (isList(value)) return value.slice(0, SHOWN_VALUES).map(shortText);
  return value === null ? null : shortText(value);
}

function shortText<Single extends Scalar | Structure>(value: Single): Single | string {
  if (typeof value !== "string" || value.length <= SHOWN_LENGTH) return value;
  return `${sliceText(value, 0, SHOWN_LENGTH)}…`;
}
