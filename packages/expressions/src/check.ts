/**
 * What is wrong about an expression that can be evaluated here: constructs that Entra does not support or does
 * otherwise, and constants that can never work.
 *
 * @module
 */
import { type Expression, type ExpressionNode, nodesOf, type Span } from "./ast.ts";
import { LINT_RULES, type LintCode, type LintRule, type Subject } from "./lint-rules.ts";
import type { Dialect } from "./signature.ts";

/** A `warning` works here and may not in Entra; an `error` fails whenever it is evaluated. */
export interface LintFinding extends Span {
  readonly code: LintCode;
  readonly severity: LintRule["severity"];
  readonly message: string;
}

/** Whose limits count. */
export interface CheckOptions {
  /** Application provisioning when not said. */
  readonly dialect?: Dialect | undefined;
}

/**
 * Looks for what `parseExpression` accepts and Entra does not, or not in the same way.
 *
 * @param expression what was read
 * @param options what the target of the mapping is
 * @returns the findings, from the outermost call inwards and from left to right
 * @example
 * checkExpression(parseExpression('IIF(IsPresent([country]), [country], "Other")'));
 * // [{ code: "iif-null-condition", severity: "warning", start: 4, end: 24, message: "…" }]
 */
export function checkExpression(expression: Expression, options: CheckOptions = {}): readonly LintFinding[] {
  const nodes = nodesOf(expression.root);
  const conditions = new Set(nodes.flatMap(conditionOf));
  const subject: Subject = { expression, dialect: options.dialect ?? "appProvisioning", conditions };
  return nodes.flatMap((node) => findingsAt(node, subject));
}

function conditionOf(node: ExpressionNode): readonly ExpressionNode[] {
  const [condition] = node.kind === "call" && (node.name === "IIF" || node.name === "CBool") ? node.args : [];
  return condition === undefined ? [] : [condition];
}

function findingsAt(node: ExpressionNode, subject: Subject): readonly LintFinding[] {
  return LINT_RULES.flatMap(({ code, severity, message, find }): LintFinding[] => {
    const wrong = find(node, subject);
    return wrong === undefined ? [] : [{ code, severity, message, start: wrong.start, end: wrong.end }];
  });
}
