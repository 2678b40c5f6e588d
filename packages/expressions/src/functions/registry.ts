/**
 * All functions of the language, by name.
 *
 * @module
 */
import { choiceFunctions } from "./choice.ts";
import { dateFunctions } from "./date.ts";
import type { FunctionDefinition } from "./definition.ts";
import { directoryFunctions } from "./directory.ts";
import { encodingFunctions } from "./encoding.ts";
import { letterCaseFunctions } from "./letter-case.ts";
import { listFunctions } from "./list.ts";
import { numberFunctions } from "./number.ts";
import { presenceFunctions } from "./presence.ts";
import { randomFunctions } from "./random.ts";
import { replaceFunctions } from "./replace.ts";
import { roleFunctions } from "./role.ts";
import { textFunctions } from "./text.ts";

/** In the order of their names. */
export const FUNCTIONS: readonly FunctionDefinition[] = [
  ...choiceFunctions,
  ...dateFunctions,
  ...directoryFunctions,
  ...encodingFunctions,
  ...letterCaseFunctions,
  ...listFunctions,
  ...numberFunctions,
  ...presenceFunctions,
  ...randomFunctions,
  ...replaceFunctions,
  ...roleFunctions,
  ...textFunctions,
].toSorted((left, right) => (left.name < right.name ? -1 : 1));

export const FUNCTION_NAMES: readonly string[] = FUNCTIONS.map(({ name }) => name);

const BY_NAME: ReadonlyMap<string, FunctionDefinition> = new Map(FUNCTIONS.map((one) => [one.name, one]));

export function findFunction(name: string): FunctionDefinition | undefined {
  return BY_NAME.get(name);
}
