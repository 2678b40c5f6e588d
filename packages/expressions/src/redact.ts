/**
 * Which values no log may show: those that `Redact` is given, and all that is made of them.
 *
 * @module
 */
import { childrenOf, type ExpressionNode } from "./ast.ts";

/** The nodes that hold a `Redact`, that are one, or that stand in one. Told from the text alone, whatever is taken. */
export function redactedNodes(root: ExpressionNode): ReadonlySet<ExpressionNode> {
  const redacted = new Set<ExpressionNode>();
  mark(root, false, redacted);
  return redacted;
}

function mark(node: ExpressionNode, within: boolean, redacted: Set<ExpressionNode>): boolean {
  const isRedact = node.kind === "call" && node.name === "Redact";
  let holds = within || isRedact;
  for (const child of childrenOf(node)) holds = mark(child, within || isRedact, redacted) || holds;
  if (holds) redacted.add(node);
  return holds;
}
