/**
 * The tree as Microsoft Graph writes it (`attributeMappingSource`).
 *
 * @module
 */
import type { CallNode, Expression, ExpressionNode } from "./ast.ts";
import { findFunction } from "./functions/registry.ts";
import { parameterAt } from "./signature.ts";

/** A node of Graph. Attributes and constants have no parameters; a comparison is the function of its operator. */
export interface GraphNode {
  readonly type: "Function" | "Attribute" | "Constant";
  readonly name: string;
  /** How it is written. */
  readonly expression: string;
  readonly parameters: readonly GraphParameter[];
}

export interface GraphParameter {
  readonly key: string;
  readonly value: GraphNode;
}

/**
 * An expression as Graph's `parseExpression` answers it. Arguments that were left out do not appear.
 *
 * @param expression what was read
 * @example
 * toGraphSchema(parseExpression("Append([mail], \".test\")")).parameters.map(({ key }) => key); // ["source", "suffix"]
 */
export function toGraphSchema({ text, root }: Expression): GraphNode {
  return graphNode(root, text);
}

function graphNode(node: ExpressionNode, text: string): GraphNode {
  const expression = text.slice(node.start, node.end);
  switch (node.kind) {
    case "call":
      return { type: "Function", name: node.name, expression, parameters: parametersOf(node, text) };
    case "comparison":
      return {
        type: "Function",
        name: node.operator,
        expression,
        parameters: [
          { key: "left", value: graphNode(node.left, text) },
          { key: "right", value: graphNode(node.right, text) },
        ],
      };
    case "attribute":
      return { type: "Attribute", name: node.name, expression, parameters: [] };
    case "enumerator":
      return { type: "Constant", name: node.name, expression, parameters: [] };
    default:
      return { type: "Constant", name: String(node.value), expression, parameters: [] };
  }
}

function parametersOf(call: CallNode, text: string): readonly GraphParameter[] {
  const definition = findFunction(call.name);
  return call.args.flatMap((arg, index) => {
    if (arg === undefined) return [];
    const parameter = definition && parameterAt(definition, index, call.args.length);
    return [{ key: parameter?.graphKey ?? parameter?.name ?? "", value: graphNode(arg, text) }];
  });
}
