import { describe, expect, it } from "vitest";
import { parseExpression, toGraphSchema } from "../src/index.ts";

const leaf = (type: string, name: string, expression: string) => ({ type, name, expression, parameters: [] });

describe("toGraphSchema", () => {
  it("writes Graph's published sample, without the arguments that were left out", () => {
    const text = 'Replace([preferredLanguage], "-", , , "_", , )';
    expect(toGraphSchema(parseExpression(text))).toEqual({
      type: "Function",
      name: "Replace",
      expression: text,
      parameters: [
        { key: "source", value: leaf("Attribute", "preferredLanguage", "[preferredLanguage]") },
        { key: "Find", value: leaf("Constant", "-", '"-"') },
        { key: "Replacement", value: leaf("Constant", "_", '"_"') },
      ],
    });
  });

  it("names repeating parameters in turn, comparisons by their operator, and constants by their value", () => {
    const tree = toGraphSchema(
      parseExpression('Switch(InStr([a], "b", &HF, vbTextCompare) > 1, , "k", "v", "l", "w")'),
    );
    expect(tree.parameters.map(({ key }) => key)).toEqual(["source", "key", "value", "key", "value"]);
    const comparison = tree.parameters[0]?.value;
    expect(comparison).toMatchObject({ type: "Function", name: ">", parameters: [{ key: "left" }, { key: "right" }] });
    expect(comparison?.parameters[0]?.value.parameters.map(({ value }) => value)).toEqual([
      leaf("Attribute", "a", "[a]"),
      leaf("Constant", "b", '"b"'),
      leaf("Constant", "15", "&HF"),
      leaf("Constant", "vbTextCompare", "vbTextCompare"),
    ]);
  });

  it("names the parameters of cloud sync's form", () => {
    const expression = parseExpression('FormatDateTime([a], "yyyy", "yy")', { dialect: "cloudSync" });
    expect(toGraphSchema(expression).parameters.map(({ key }) => key)).toEqual([
      "source",
      "inputFormat",
      "outputFormat",
    ]);
  });
});
