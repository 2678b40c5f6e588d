/**
 * A condition in the expression language of Entra, over the attributes of the person. The one place that imports the
 * language.
 *
 * A rule gives the same answer whenever it is asked: so it may look at the clock, but not throw dice.
 *
 * @module
 */
import {
  type AttributeValue,
  checkExpression,
  type EvaluationContext,
  type Expression,
  type ExpressionNode,
  evaluateExpression,
  explainExpression,
  isExpressionError,
  parseExpression,
} from "@muster/expressions";
import type { ResourceType } from "@muster/scim-core";
import { type ReadAttribute, readAttribute } from "./attribute-path.ts";
import { type Finding, type Question, type RuleFacts, unaskable } from "./question.ts";

/** Far below what the language allows: a push asks every rule of its connection. */
const LIMITS: NonNullable<EvaluationContext["limits"]> = { textLength: 20_000, listLength: 1000, work: 200_000 };

/** Functions whose value is another one each time, or which ask what no rule can answer. */
const NOT_IN_RULES: ReadonlySet<string> = new Set(["Guid", "RandomString", "SelectUniqueValue", "DefaultDomain"]);

export function expressionQuestion(text: string, type: ResourceType): Question {
  const expression = parse(text);
  if ("problem" in expression) return unaskable(expression.problem, expression);
  const nodes = nodesOf(expression.root);
  const refused = nodes.find((node) => node.kind === "call" && NOT_IN_RULES.has(node.name));
  if (refused?.kind === "call")
    return unaskable(`${refused.name} cannot be used in a rule.`, { position: refused.start });
  const attributes = new Map<string, ReadAttribute>();
  for (const node of nodes) {
    if (node.kind !== "attribute") continue;
    const attribute = readAttribute(node.name, type);
    if (attribute.problem !== undefined) return unaskable(attribute.problem, { position: node.start });
    attributes.set(node.name, attribute);
  }
  return checked(expression, nodes, attributes);
}

interface Unreadable {
  readonly problem: string;
  readonly position: number | undefined;
}

function parse(text: string): Expression | Unreadable {
  try {
    return parseExpression(text);
  } catch (error) {
    if (!isExpressionError(error)) throw error;
    const { message, hint, position } = error;
    return { problem: hint === undefined ? message : `${message} ${hint}`, position };
  }
}

function checked(
  expression: Expression,
  nodes: readonly ExpressionNode[],
  attributes: ReadonlyMap<string, ReadAttribute>,
): Question {
  const findings = checkExpression(expression);
  const fatal = findings.find(({ severity }) => severity === "error");
  if (fatal !== undefined) return unaskable(fatal.message, { position: fatal.start });
  const warnings = findings.map(({ message, start }) => ({ message, position: start }));
  const clock = nodes.find((node) => node.kind === "call" && node.name === "Now");
  if (clock !== undefined) warnings.push({ message: CLOCK, position: clock.start });
  const contextOf = (facts: RuleFacts) => evaluationContext(attributes, facts);
  return {
    warnings,
    ask: (facts) => evaluate(expression, contextOf(facts)),
    explain: (facts) => explainExpression(expression, contextOf(facts)).trace,
  };
}

const CLOCK =
  "Time passes without a push: a person is looked at again only when their data, groups or the rules change.";

function evaluate(expression: Expression, context: EvaluationContext): Finding {
  try {
    const result = evaluateExpression(expression, context);
    const value = result.kind === "value" ? result.value : null;
    const isSecret = result.kind === "value" && result.redacted;
    return { matched: isTrue(value), seen: isSecret ? [] : [value] };
  } catch (error) {
    if (!isExpressionError(error)) throw error;
    return { matched: false, seen: [], problem: error.message };
  }
}

/** As Entra's mappings give it: the Boolean, or the text. */
function isTrue(value: unknown): boolean {
  return value === true || (typeof value === "string" && value.toLowerCase() === "true");
}

function evaluationContext(
  attributes: ReadonlyMap<string, ReadAttribute>,
  { resource, now }: RuleFacts,
): EvaluationContext {
  const values = [...attributes].map(([name, { read, many }]): [string, AttributeValue] => {
    const found = read(resource);
    return [name, many ? (found as AttributeValue) : (found[0] as AttributeValue)];
  });
  // No expression of a rule asks for chance.
  return { attributes: Object.fromEntries(values), now, random: () => 0, newGuid: () => "", limits: LIMITS };
}

function nodesOf(node: ExpressionNode): readonly ExpressionNode[] {
  const nodes: ExpressionNode[] = [];
  const pending = [node];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    nodes.push(next);
    if (next.kind === "call") pending.push(...next.args.filter((arg) => arg !== undefined));
    if (next.kind === "comparison") pending.push(next.left, next.right);
  }
  return nodes;
}
