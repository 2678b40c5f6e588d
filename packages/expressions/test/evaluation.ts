import { type EvaluationContext, evaluateExpression, isExpressionError, parseExpression } from "../src/index.ts";

/** A context in which nothing is left to chance. */
export function contextOf(
  attributes: EvaluationContext["attributes"] = {},
  more: Partial<EvaluationContext> = {},
): EvaluationContext {
  return {
    attributes,
    now: new Date("2021-07-02T15:33:38Z"),
    random: () => 0.5,
    newGuid: () => "00aa00aa-bb11-4c22-8d33-44ee44ee44ee",
    ...more,
  };
}

/** The value, `{ ignore: true }`, or the code of the error. */
export function outcomeOf(
  text: string,
  attributes: EvaluationContext["attributes"] = {},
  more: Partial<EvaluationContext> = {},
): unknown {
  try {
    const expression = parseExpression(text, { dialect: "cloudSync" });
    const result = evaluateExpression(expression, contextOf(attributes, more));
    return result.kind === "ignore" ? { ignore: true } : result.value;
  } catch (error) {
    if (isExpressionError(error)) return { error: error.code };
    throw error;
  }
}
