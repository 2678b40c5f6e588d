/**
 * Functions that make numbers, truth values and texts of one another.
 *
 * @module
 */
import { toBoolean } from "../conversion.ts";
import { wholeNumber } from "../value.ts";
import { argumentValue, integerOf, textOf } from "./arguments.ts";
import { type FunctionDefinition, required } from "./definition.ts";

/** Exact in 64 bits, negative numbers in two's complement. */
const bitAnd: FunctionDefinition = {
  name: "BitAnd",
  parameters: [required("value1", "Integer"), required("value2", "Integer")],
  evaluate: ([value1, value2]) => wholeNumber(BigInt.asIntN(64, integerOf(value1) & integerOf(value2))),
};

/** Null is false. */
const cBool: FunctionDefinition = {
  name: "CBool",
  parameters: [required("expression", "Any")],
  evaluate: ([expression]) => toBoolean(argumentValue(expression)) ?? false,
};

const cStr: FunctionDefinition = {
  name: "CStr",
  parameters: [required("value", "Any")],
  evaluate: ([value]) => textOf(value),
};

export const numberFunctions: readonly FunctionDefinition[] = [bitAnd, cBool, cStr];
