import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type AttributeValue, evaluateExpression, isExpressionError, parseExpression } from "../src/index.ts";

interface Vector {
  readonly id: string;
  readonly expression: string;
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  readonly expected: unknown;
  readonly source: string;
  readonly now?: string;
  readonly existing?: readonly string[];
}

const vectors: readonly Vector[] = JSON.parse(
  readFileSync(join(import.meta.dirname, "fixtures/expression-cases.json"), "utf8"),
);

/** What came out, in the words of the vectors. */
function outcome({ expression, attributes, now, existing = [] }: Vector): unknown {
  try {
    const result = evaluateExpression(parseExpression(expression), {
      attributes,
      now: new Date(now ?? "2024-01-01T00:00:00Z"),
      random: () => 0.5,
      newGuid: () => "00aa00aa-bb11-4c22-8d33-44ee44ee44ee",
      isTaken: (value) => existing.includes(value),
    });
    return result.kind === "ignore" ? { $flow: "ignore" } : result.value;
  } catch (error) {
    if (isExpressionError(error)) return { $error: error.code };
    throw error;
  }
}

describe("the published vectors", () => {
  it("are 158", () => expect(vectors).toHaveLength(158));

  it.each(vectors.map((vector) => [vector.id, vector.source, vector] as const))("%s: %s", (_id, _source, vector) => {
    expect(outcome(vector)).toEqual(vector.expected);
  });
});
