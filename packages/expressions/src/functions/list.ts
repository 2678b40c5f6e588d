/**
 * Functions of attributes with several values.
 *
 * @module
 */
import { toList, toText } from "../conversion.ts";
import { ExpressionError } from "../errors.ts";
import { spendList, spendSearch } from "../run.ts";
import { isStructure, type Scalar, type Structure } from "../value.ts";
import { argumentValue, mapText, positionOf, textOf } from "./arguments.ts";
import { type FunctionDefinition, required } from "./definition.ts";

const count: FunctionDefinition = {
  name: "Count",
  parameters: [required("attribute", "MultiValue")],
  evaluate: ([attribute]) => toList(argumentValue(attribute)).length,
};

const item: FunctionDefinition = {
  name: "Item",
  parameters: [required("attribute", "MultiValue"), required("index", "Integer")],
  evaluate: ([attribute, index]) => {
    const values = toList(argumentValue(attribute));
    const value = values[positionOf(index) - 1];
    if (value === undefined) {
      throw new ExpressionError(
        "range",
        `There is no value at this index; there are ${values.length}, counted from 1.`,
      );
    }
    return value;
  },
};

/** Equal is what has the same text; the first stays. */
const removeDuplicates: FunctionDefinition = {
  name: "RemoveDuplicates",
  parameters: [required("attribute", "MultiValue")],
  evaluate: ([attribute]) => {
    const values = toList(argumentValue(attribute));
    const firsts = new Map<string, Scalar | Structure>();
    for (const value of values) {
      const key = identityOf(value);
      if (!firsts.has(key)) firsts.set(key, value);
    }
    return values.length === 0 ? null : [...firsts.values()];
  },
};

function identityOf(value: Scalar | Structure): string {
  if (!isStructure(value)) return `${toText(value)}`;
  return JSON.stringify(Array.from(value.fields, ([name, field]) => [name, toText(field)]).toSorted());
}

/** White space around the parts goes, as in the reference's sample. */
const split: FunctionDefinition = {
  name: "Split",
  parameters: [required("source", "String"), required("delimiter", "String")],
  evaluate: ([source, delimiter], run) =>
    mapText(source, (text) => {
      const between = textOf(delimiter) ?? "";
      if (between === "") return [text.trim()];
      spendSearch(run, text, between);
      const parts = text.split(between, run.limits.listLength + 1);
      spendList(run, parts.length);
      return parts.map((part) => part.trim());
    }),
};

export const listFunctions: readonly FunctionDefinition[] = [count, item, removeDuplicates, split];
