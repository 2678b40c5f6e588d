/**
 * A tree as text.
 *
 * @module
 */
import type { ExpressionNode } from "./ast.ts";

/**
 * The shortest text that reads as this tree.
 *
 * @param node a whole tree, or a part of one
 * @example
 * printExpression(parseExpression('Replace( [mail], "@", , , "", , )').root); // 'Replace([mail], "@", , , "", , )'
 */
export function printExpression(node: ExpressionNode): string {
  switch (node.kind) {
    case "call":
      return `${node.name}(${node.args.map((arg) => (arg === undefined ? "" : printExpression(arg))).join(", ")})`;
    case "comparison":
      return `${printExpression(node.left)} ${node.operator} ${printExpression(node.right)}`;
    case "attribute":
      return `[${node.name}]`;
    case "text":
      return `"${node.value.replaceAll(/["\\]/g, "\\$&")}"`;
    default:
      return String(node.kind === "number" ? node.value : node.name);
  }
}
