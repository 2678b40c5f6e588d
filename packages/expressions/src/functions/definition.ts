/**
 * What a function of the language is: a name, its parameters, and a pure decision over its arguments.
 *
 * @module
 */
import type { Run } from "../run.ts";
import type { Value } from "../value.ts";

/** What a parameter takes. `Enumerator` is a bare word, `Pattern` a regular expression. */
export type ParameterType =
  | "Any"
  | "String"
  | "Integer"
  | "Boolean"
  | "DateTime"
  | "MultiValue"
  | "Enumerator"
  | "Pattern"
  | "AppRoleAssignments";

/** One parameter, as Microsoft Graph describes it. Those that repeat stand last, and repeat together. */
export interface ParameterDefinition {
  readonly name: string;
  readonly type: ParameterType;
  readonly required: boolean;
  readonly allowMultipleOccurrences: boolean;
  /** Its key in Graph's tree, where that is another. */
  readonly graphKey?: string;
  /** The words of an `Enumerator`. */
  readonly words?: readonly string[];
}

/** An argument, evaluated when it is called; `undefined` when the expression leaves it out. */
export type Argument = (() => Value) | undefined;

/** A function of the language. Arguments are evaluated by whoever needs them, so branches not taken cost nothing. */
export interface FunctionDefinition {
  readonly name: string;
  readonly parameters: readonly ParameterDefinition[];
  /** How often the repeating parameters stand there at least; once when not said. */
  readonly leastRepetitions?: number;
  /** Numbers of arguments that the cloud sync reference knows besides. */
  readonly cloudSyncArguments?: number;
  /** Not in the reference of application provisioning. */
  readonly onlyIn?: "cloud sync" | "Graph";
  /** Stands only at the top of an expression. */
  readonly topLevelOnly?: boolean;
  /** What is wrong about leaving out just these arguments. */
  readonly complaint?: (given: readonly boolean[]) => string | undefined;
  evaluate(args: readonly Argument[], run: Run): Value;
}

/** A parameter that must be given. */
export function required(
  name: string,
  type: ParameterType,
  more: Partial<ParameterDefinition> = {},
): ParameterDefinition {
  return { name, type, required: true, allowMultipleOccurrences: false, ...more };
}

/** A parameter that may be left out. */
export function optional(
  name: string,
  type: ParameterType,
  more: Partial<ParameterDefinition> = {},
): ParameterDefinition {
  return { ...required(name, type, more), required: false };
}

/** A parameter that is given one or more times. */
export function repeated(
  name: string,
  type: ParameterType,
  more: Partial<ParameterDefinition> = {},
): ParameterDefinition {
  return { ...required(name, type, more), allowMultipleOccurrences: true };
}
