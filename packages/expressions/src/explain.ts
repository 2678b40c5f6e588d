/**
 * Why an expression has the value it has: what every part of it comes to, also in the branches that were not taken.
 *
 * @module
 */
import { childrenOf, type Expression, type ExpressionNode, type Span } from "./ast.ts";
import type { EvaluationContext, ExpressionResult, ExpressionValue } from "./context.ts";
import { type ExpressionError, isExpressionError } from "./errors.ts";
import { evaluateNode, type Observer } from "./evaluate.ts";
import { FlowIgnored } from "./flow.ts";
import { redactedNodes } from "./redact.ts";
import { type Run, startRun } from "./run.ts";
import { exposeValue } from "./value.ts";

/** What a part came to. A `redacted` one has a value that no log may show. */
export type TraceOutcome =
  | { readonly kind: "value"; readonly value: ExpressionValue }
  | { readonly kind: "redacted" }
  | { readonly kind: "ignore" }
  | { readonly kind: "error"; readonly error: ExpressionError };

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

/** The result, or the error in its place, and the way there. */
export interface Explanation {
  readonly result: ExpressionResult | { readonly kind: "error"; readonly error: ExpressionError };
  readonly trace: TraceNode;
}

/** Longer values are cut in a trace, where every part repeats what it is made of. */
const SHOWN_LENGTH = 1_000;
const SHOWN_VALUES = 100;

/**
 * Evaluates an expression, and every part of it by itself. The result is the one of `evaluateExpression` over the same
 * context: what was not taken is evaluated afterwards, with limits of its own. Errors are answered, not thrown.
 *
 * @example
 * const { result, trace } = explainExpression(rule, context);
 * for (const branch of trace.children) console.log(branch.taken ? "→" : " ", branch.source, branch.outcome);
 */
export function explainExpression(expression: Expression, context: EvaluationContext): Explanation {
  const { root, text } = expression;
  const taken = new Map<ExpressionNode, Outcome>();
  attempt(root, startRun(context, expression.patterns), taken);
  const others = new Map<ExpressionNode, Outcome>();
  evaluateOthers(root, startRun(context, expression.patterns), taken, others);
  const redacted = redactedNodes(root);
  const trace = traceOf(root, (node) => {
    const outcome = taken.get(node) ?? others.get(node) ?? { kind: "ignore" };
    return {
      source: text.slice(node.start, node.end),
      taken: taken.has(node),
      outcome: shown(outcome, redacted.has(node)),
    };
  });
  return { result: resultOf(taken.get(root) ?? { kind: "ignore" }, redacted.has(root)), trace };
}

type Outcome = Exclude<TraceOutcome, { kind: "redacted" }>;

/** Evaluates a node, and keeps what it and everything it needed came to. */
function attempt(node: ExpressionNode, run: Run, outcomes: Map<ExpressionNode, Outcome>): void {
  const observer: Observer = {
    value: (seen, value) => outcomes.set(seen, { kind: "value", value: exposeValue(value) }),
    error: (seen, error) => outcomes.set(seen, outcomeOfError(error)),
  };
  try {
    evaluateNode(node, run, observer);
  } catch (error) {
    outcomeOfError(error);
  }
}

/** @throws whatever is no answer of the language: an error of the context's own functions */
function outcomeOfError(error: unknown): Outcome {
  if (error instanceof FlowIgnored) return { kind: "ignore" };
  if (isExpressionError(error)) return { kind: "error", error };
  throw error;
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

function traceOf(
  node: ExpressionNode,
  factsOf: (node: ExpressionNode) => Pick<TraceNode, "source" | "taken" | "outcome">,
): TraceNode {
  const { kind, start, end } = node;
  return { kind, start, end, ...factsOf(node), children: childrenOf(node).map((child) => traceOf(child, factsOf)) };
}

function resultOf(outcome: Outcome, redacted: boolean): Explanation["result"] {
  return outcome.kind === "value" ? { ...outcome, redacted } : outcome;
}

function shown(outcome: Outcome, redacted: boolean): TraceOutcome {
  if (outcome.kind !== "value") return outcome;
  return redacted ? { kind: "redacted" } : { kind: "value", value: shortened(outcome.value) };
}

function shortened(value: ExpressionValue): ExpressionValue {
  if (typeof value === "string" && value.length > SHOWN_LENGTH) return `${value.slice(0, SHOWN_LENGTH)}…`;
  return Array.isArray(value) ? value.slice(0, SHOWN_VALUES).map(shortened) : value;
}
