/**
 * Owns the expression language of attribute mappings in Microsoft Entra: parse, check, evaluate, explain.
 * Never touches SCIM, SAML, storage, tenants, the clock or chance.
 *
 * @module
 */
export type {
  AttributeNode,
  CallNode,
  ComparisonNode,
  ComparisonOperator,
  EnumeratorNode,
  Expression,
  ExpressionNode,
  NumberNode,
  Span,
  TextNode,
} from "./ast.ts";
export { type CheckOptions, checkExpression, type LintFinding } from "./check.ts";
export type {
  AttributeScalar,
  AttributeValue,
  EvaluationContext,
  EvaluationLimits,
  ExpressionResult,
  ExpressionValue,
} from "./context.ts";
export {
  EXPRESSION_ERROR_CODES,
  ExpressionError,
  type ExpressionErrorCode,
  type ExpressionErrorOptions,
  isExpressionError,
} from "./errors.ts";
export { evaluateExpression } from "./evaluate.ts";
export {
  type Explanation,
  type ExpressionFailure,
  explainExpression,
  type TraceNode,
  type TraceOutcome,
} from "./explain.ts";
export type { ParameterType } from "./functions/definition.ts";
export { type GraphNode, type GraphParameter, toGraphSchema } from "./graph-schema.ts";
export type { LintCode } from "./lint-rules.ts";
export { type FunctionDescription, type FunctionParameter, listFunctions } from "./list-functions.ts";
export { type ParseOptions, parseExpression } from "./parser.ts";
export type { Pattern } from "./pattern.ts";
export { printExpression } from "./print.ts";
export type { Dialect } from "./signature.ts";
