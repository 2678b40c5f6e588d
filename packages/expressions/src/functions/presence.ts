/**
 * Functions that ask whether there is a value, and of what type.
 *
 * @module
 */
import { isList, isStructure, type Value } from "../value.ts";
import { argumentValue, textOf } from "./arguments.ts";
import { type FunctionDefinition, required } from "./definition.ts";

const EXPRESSION = [required("expression", "Any")];

export function isNullOrEmptyValue(value: Value): boolean {
  return value === null || value === "";
}

const isNull: FunctionDefinition = {
  name: "IsNull",
  parameters: EXPRESSION,
  evaluate: ([expression]) => argumentValue(expression) === null,
};

const isNullOrEmpty: FunctionDefinition = {
  name: "IsNullOrEmpty",
  parameters: EXPRESSION,
  evaluate: ([expression]) => isNullOrEmptyValue(argumentValue(expression)),
};

const isPresent: FunctionDefinition = {
  name: "IsPresent",
  parameters: EXPRESSION,
  evaluate: ([expression]) => !isNullOrEmptyValue(argumentValue(expression)),
};

/** Whether `CStr` would find a text. */
const isString: FunctionDefinition = {
  name: "IsString",
  parameters: EXPRESSION,
  evaluate: ([expression]) => {
    const value = argumentValue(expression);
    const single = isList(value) && value.length === 1 ? (value[0] ?? null) : value;
    return single !== null && !isList(single) && !isStructure(single);
  },
};

/** Everything but true is taken for false. */
const not: FunctionDefinition = {
  name: "Not",
  parameters: [required("source", "Boolean")],
  evaluate: ([source]) => textOf(source) !== "True",
};

export const presenceFunctions: readonly FunctionDefinition[] = [isNull, isNullOrEmpty, isPresent, isString, not];
