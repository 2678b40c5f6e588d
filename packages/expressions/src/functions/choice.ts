/**
 * Functions that choose between values. What is not chosen is not evaluated.
 *
 * @module
 */
import { toBoolean } from "../conversion.ts";
import { ExpressionError } from "../errors.ts";
import { FlowIgnored } from "../flow.ts";
import { argumentValue, textOf } from "./arguments.ts";
import { type Argument, type FunctionDefinition, optional, repeated, required } from "./definition.ts";
import { isNullOrEmptyValue } from "./presence.ts";

/** A condition of null is not met. */
const iif: FunctionDefinition = {
  name: "IIF",
  parameters: [required("condition", "Any"), required("valueIfTrue", "Any"), required("valueIfFalse", "Any")],
  evaluate: ([condition, valueIfTrue, valueIfFalse]) =>
    argumentValue(toBoolean(argumentValue(condition)) ? valueIfTrue : valueIfFalse),
};

/** Compares texts exactly. The key "" matches null as well; without a default, no match is null. */
const switchFunction: FunctionDefinition = {
  name: "Switch",
  parameters: [
    required("source", "String"),
    optional("defaultValue", "Any"),
    repeated("key", "String"),
    repeated("value", "Any"),
  ],
  evaluate: ([source, defaultValue, ...pairs]) => {
    const wanted = textOf(source) ?? "";
    for (let at = 0; at < pairs.length; at += 2) {
      if ((textOf(pairs[at]) ?? "") === wanted) return argumentValue(pairs[at + 1]);
    }
    return argumentValue(defaultValue);
  },
};

const coalesce: FunctionDefinition = {
  name: "Coalesce",
  parameters: [repeated("source", "Any")],
  evaluate: (sources) => {
    for (const source of sources) {
      const value = argumentValue(source);
      if (value !== null) return value;
    }
    return null;
  },
};

const ignoreFlowIfNullOrEmpty: FunctionDefinition = {
  name: "IgnoreFlowIfNullOrEmpty",
  parameters: [required("expression", "Any")],
  evaluate: ([expression]) => {
    const value = argumentValue(expression);
    if (isNullOrEmptyValue(value)) throw new FlowIgnored();
    return value;
  },
};

/** Rules without a value are passed over. */
const selectUniqueValue: FunctionDefinition = {
  name: "SelectUniqueValue",
  topLevelOnly: true,
  leastRepetitions: 2,
  parameters: [repeated("uniqueValueRule", "String")],
  evaluate: (rules, { context }) => {
    const { isTaken } = context;
    if (isTaken === undefined) {
      throw new ExpressionError("unsupported", "SelectUniqueValue needs to know which values are taken.", {
        hint: "Give the context isTaken.",
      });
    }
    return firstFree(rules, isTaken);
  },
};

function firstFree(rules: readonly Argument[], isTaken: (value: string) => boolean): string {
  for (const rule of rules) {
    const value = textOf(rule) ?? "";
    if (value !== "" && !isTaken(value)) return value;
  }
  throw new ExpressionError("not-unique", "Every value of SelectUniqueValue is taken.", { hint: "Add one more rule." });
}

export const choiceFunctions: readonly FunctionDefinition[] = [
  iif,
  switchFunction,
  coalesce,
  ignoreFlowIfNullOrEmpty,
  selectUniqueValue,
];
