/**
 * The functions of the language as data, for editors and documentation.
 *
 * @module
 */
import type { ParameterType } from "./functions/definition.ts";
import { FUNCTIONS } from "./functions/registry.ts";

/** A parameter as Graph's `schema/functions` describes it. */
export interface FunctionParameter {
  readonly name: string;
  readonly type: ParameterType;
  readonly required: boolean;
  readonly allowMultipleOccurrences: boolean;
}

/** A function as Graph's `schema/functions` describes it. */
export interface FunctionDescription {
  readonly name: string;
  readonly parameters: readonly FunctionParameter[];
  /** Where Microsoft documents it, when not for application provisioning. */
  readonly onlyIn?: "cloud sync" | "Graph";
}

/**
 * Every function, in the order of the names.
 *
 * @example
 * listFunctions().find(({ name }) => name === "Left");
 * // { name: "Left", parameters: [{ name: "string", type: "String", required: true, allowMultipleOccurrences: false }, …] }
 */
export function listFunctions(): readonly FunctionDescription[] {
  return FUNCTIONS.map(({ name, parameters, onlyIn }) => ({
    name,
    parameters: parameters.map((parameter) => ({
      name: parameter.name,
      type: parameter.type,
      required: parameter.required,
      allowMultipleOccurrences: parameter.allowMultipleOccurrences,
    })),
    ...(onlyIn === undefined ? {} : { onlyIn }),
  }));
}
