/**
 * The syntax tree of filters, resolved against a resource type.
 *
 * @module
 */
import type { AttributePath } from "./path.ts";

export type ComparisonOperator = "eq" | "ne" | "co" | "sw" | "ew" | "gt" | "ge" | "lt" | "le";

/** A filter, resolved against a resource type: names canonical, values of the attribute's type. */
export type Filter =
  | { readonly kind: "and" | "or"; readonly operands: readonly Filter[] }
  | { readonly kind: "not"; readonly operand: Filter }
  | {
      readonly kind: "compare";
      readonly path: AttributePath;
      readonly operator: ComparisonOperator;
      readonly value: string | number | boolean | null;
    }
  | { readonly kind: "present"; readonly path: AttributePath }
  /**
   * `emails[type eq "work" and value co "@"]`: both halves hold for one element. Paths inside are relative to the
   * element: their `attribute` is the sub-attribute.
   */
  | { readonly kind: "element"; readonly path: AttributePath; readonly filter: Filter };
