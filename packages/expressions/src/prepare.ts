/**
 * The regular expressions of an expression, compiled once: that takes a thousand times as long as to run one over a
 * name, and shows a wrong one to whoever writes it.
 *
 * @module
 */
import { type ExpressionNode, nodesOf, type TextNode } from "./ast.ts";
import { ExpressionError, placed } from "./errors.ts";
import { findFunction } from "./functions/registry.ts";
import type { Pattern } from "./pattern.ts";
import { compileCost, compilePattern } from "./regex.ts";

/** For all patterns of an expression together, in the units of `compileCost`: some tens of milliseconds. */
const MAX_COST = 3_000_000;

/** @throws ExpressionError `regex` or `limit` */
export function compilePatterns(root: ExpressionNode): ReadonlyMap<string, Pattern> {
  const patterns = new Map<string, Pattern>();
  let cost = 0;
  for (const { value, start } of nodesOf(root).flatMap(constantPatternsOf)) {
    if (patterns.has(value)) continue;
    try {
      cost += compileCost(value);
      if (cost > MAX_COST)
        throw new ExpressionError("limit", "The patterns of this expression are too large together.");
      patterns.set(value, compilePattern(value));
    } catch (error) {
      throw placed(error, start);
    }
  }
  return patterns;
}

function constantPatternsOf(node: ExpressionNode): readonly TextNode[] {
  if (node.kind !== "call") return [];
  const parameters = findFunction(node.name)?.parameters ?? [];
  return node.args.filter(
    (arg, index): arg is TextNode => arg?.kind === "text" && parameters[index]?.type === "Pattern",
  );
}
