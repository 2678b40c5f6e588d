/**
 * What an expression is, once it is read. Trees are plain data without values of attributes, so one
 * expression serves any number of evaluations.
 *
 * @module
 */

import type { Pattern } from "./pattern.ts";

/** Where a node stands in the text of its expression, in UTF-16 code units from 0; `end` is behind its last one. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** `Name(argument, …)`. An argument that was left out (`, ,`) is `undefined`. */
export interface CallNode extends Span {
  readonly kind: "call";
  readonly name: string;
  readonly args: readonly (ExpressionNode | undefined)[];
}

/** `[name]` */
export interface AttributeNode extends Span {
  readonly kind: "attribute";
  readonly name: string;
}

/** `"text"`, decoded. */
export interface TextNode extends Span {
  readonly kind: "text";
  readonly value: string;
}

/** Decimal or `&H…`: 64 bits, exact. */
export interface NumberNode extends Span {
  readonly kind: "number";
  readonly value: bigint;
}

/** A word with a meaning of its own, such as `vbTextCompare`. */
export interface EnumeratorNode extends Span {
  readonly kind: "enumerator";
  readonly name: string;
}

export type ComparisonOperator = "=" | "<>" | ">" | ">=" | "<" | "<=";

/** `left operator right` */
export interface ComparisonNode extends Span {
  readonly kind: "comparison";
  readonly operator: ComparisonOperator;
  readonly left: ExpressionNode;
  readonly right: ExpressionNode;
}

export type ExpressionNode = CallNode | AttributeNode | TextNode | NumberNode | EnumeratorNode | ComparisonNode;

/** A text that was read, with its tree. Keep it: reading costs several times what an evaluation does. */
export interface Expression {
  readonly text: string;
  readonly root: ExpressionNode;
  /** The regular expressions that stand in it, compiled, by their source. */
  readonly patterns: ReadonlyMap<string, Pattern>;
  /** The parts whose values no log may show. */
  readonly redacted: ReadonlySet<ExpressionNode>;
}

/** The nodes right below, from left to right, without arguments that were left out. */
export function childrenOf(node: ExpressionNode): readonly ExpressionNode[] {
  if (node.kind === "comparison") return [node.left, node.right];
  return node.kind === "call" ? node.args.filter((arg) => arg !== undefined) : [];
}

/** The node and everything below it, parents first. */
export function nodesOf(node: ExpressionNode): readonly ExpressionNode[] {
  const nodes: ExpressionNode[] = [];
  const pending = [node];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    nodes.push(next);
    pending.push(...childrenOf(next).toReversed());
  }
  return nodes;
}
