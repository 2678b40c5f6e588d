/**
 * The value of an expression over the attributes of one object.
 *
 * @module
 */
import type { CallNode, Expression, ExpressionNode } from "./ast.ts";
import { compare } from "./comparison.ts";
import type { EvaluationContext, ExpressionResult } from "./context.ts";
import { ExpressionError, placed } from "./errors.ts";
import { FlowIgnored } from "./flow.ts";
import { findFunction } from "./functions/registry.ts";
import { type Run, spendValue, startRun } from "./run.ts";
import { exposeValue, readAttribute, type Value, wholeNumber } from "./value.ts";

/**
 * Evaluates an expression. It reads nothing but the context, and changes nothing; the same context gives the same value.
 *
 * @param expression what was read
 * @param context the attributes, and everything else that a function may ask for
 * @throws ExpressionError when there is no value, with the position of the function that has none
 * @example
 * const result = evaluateExpression(rule, {
 *   attributes: { jobTitle: "Manager" },
 *   now: new Date(),
 *   random: () => crypto.getRandomValues(new Uint32Array(1))[0]! / 2 ** 32,
 *   newGuid: () => crypto.randomUUID(),
 * });
 * // { kind: "value", value: "True", redacted: false }
 */
export function evaluateExpression(expression: Expression, context: EvaluationContext): ExpressionResult {
  const run = startRun(context, expression.patterns);
  try {
    const value = exposeValue(evaluateNode(expression.root, run));
    return { kind: "value", value, redacted: expression.redacted.has(expression.root) };
  } catch (error) {
    if (error instanceof FlowIgnored) return { kind: "ignore" };
    throw error;
  }
}

/** Told of every node that is evaluated, once it has a value or an error. */
export interface Observer {
  value(node: ExpressionNode, value: Value): void;
  error(node: ExpressionNode, error: unknown): void;
}

/** @throws ExpressionError, FlowIgnored */
export function evaluateNode(node: ExpressionNode, run: Run, observer?: Observer): Value {
  try {
    const value = valueOfNode(node, run, observer);
    spendValue(run, value);
    observer?.value(node, value);
    return value;
  } catch (thrown) {
    const error = placed(thrown, node.start);
    observer?.error(node, error);
    throw error;
  }
}

function valueOfNode(node: ExpressionNode, run: Run, observer: Observer | undefined): Value {
  switch (node.kind) {
    case "call":
      return evaluateCall(node, run, observer);
    case "comparison":
      return compare(node.operator, evaluateNode(node.left, run, observer), evaluateNode(node.right, run, observer));
    case "attribute":
      return attributeNamed(node.name, run);
    case "text":
      return node.value;
    case "number":
      return wholeNumber(node.value);
    case "enumerator":
      return node.name;
  }
}

function evaluateCall(node: CallNode, run: Run, observer: Observer | undefined): Value {
  const definition = findFunction(node.name);
  // Only a tree that was not read by `parseExpression` gets here.
  if (definition === undefined) throw new ExpressionError("unknown-function", "There is no function of this name.");
  const args = node.args.map((arg) => arg && (() => evaluateNode(arg, run, observer)));
  return definition.evaluate(args, run);
}

function attributeNamed(name: string, { context: { attributes } }: Run): Value {
  return Object.hasOwn(attributes, name) ? readAttribute(attributes[name]) : null;
}
