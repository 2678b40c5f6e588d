/**
 * Whether calls fit the functions they name.
 *
 * @module
 */
import { type CallNode, type EnumeratorNode, type ExpressionNode, nodesOf } from "./ast.ts";
import { ExpressionError, type ExpressionErrorCode } from "./errors.ts";
import type { FunctionDefinition, ParameterDefinition } from "./functions/definition.ts";
import { FUNCTION_NAMES, findFunction } from "./functions/registry.ts";
import { nearestName } from "./spelling.ts";
import { sliceText } from "./text-slice.ts";

const SHOWN_NAME = 40;

/** Whose reference counts: application provisioning, or cloud sync, which differs in a few signatures. */
export type Dialect = "appProvisioning" | "cloudSync";

/** @throws ExpressionError `unknown-function`, `arity`, `nesting` or `syntax` */
export function requireValidCalls(root: ExpressionNode, dialect: Dialect): void {
  const placed = new Set<ExpressionNode>();
  for (const node of nodesOf(root)) {
    if (node.kind === "call") requireValidCall(node, dialect, node === root, placed);
    else if (node.kind === "enumerator" && !placed.has(node)) throw misplacedWord(node);
  }
}

/** @param placed collects the words that stand where words may stand */
function requireValidCall(call: CallNode, dialect: Dialect, isTop: boolean, placed: Set<ExpressionNode>): void {
  const definition = findFunction(call.name);
  if (definition === undefined) throw unknownFunction(call);
  if (definition.topLevelOnly && !isTop) {
    throw refusal(
      "nesting",
      call,
      `${call.name} stands only at the top of an expression.`,
      "Put it around the others.",
    );
  }
  requireArity(call, definition, dialect);
  call.args.forEach((arg, index) => {
    const parameter = parameterAt(definition, index, call.args.length);
    if (arg === undefined && parameter?.required) {
      throw refusal("arity", call, `${call.name} needs its argument ${index + 1}, ${parameter.name}.`);
    }
    if (arg?.kind === "enumerator" && parameter?.words?.includes(arg.name)) placed.add(arg);
  });
  const complaint = definition.complaint?.(call.args.map((arg) => arg !== undefined));
  if (complaint !== undefined) throw refusal("arity", call, complaint);
}

function requireArity(call: CallNode, definition: FunctionDefinition, dialect: Dialect): void {
  const count = call.args.length;
  const inCloudSync = count === definition.cloudSyncArguments;
  if (hasRightCount(count, definition) || (inCloudSync && dialect === "cloudSync")) return;
  const hint = inCloudSync ? `This form of ${call.name} is known to cloud sync alone.` : undefined;
  throw refusal("arity", call, `${call.name} takes ${signatureOf(definition)}; there are ${count} arguments.`, hint);
}

/** Optional parameters may be missing at the end; those that repeat come in whole rounds. */
function hasRightCount(count: number, { parameters, leastRepetitions = 1 }: FunctionDefinition): boolean {
  const group = parameters.filter((parameter) => parameter.allowMultipleOccurrences).length;
  if (group === 0) return count <= parameters.length && count > parameters.findLastIndex(({ required }) => required);
  const repeating = count - (parameters.length - group);
  return repeating >= group * leastRepetitions && repeating % group === 0;
}

/**
 * The parameter that an argument belongs to; those that repeat take turns.
 *
 * @param count how many arguments there are: the form of cloud sync leaves out what is optional
 */
export function parameterAt(
  definition: FunctionDefinition,
  index: number,
  count: number,
): ParameterDefinition | undefined {
  const { parameters } = definition;
  if (count === definition.cloudSyncArguments) return parameters.filter((parameter) => parameter.required)[index];
  if (index < parameters.length) return parameters[index];
  const group = parameters.filter((parameter) => parameter.allowMultipleOccurrences);
  return group[(index - parameters.length) % group.length];
}

function signatureOf({ parameters }: FunctionDefinition): string {
  const names = parameters.map(({ name, required }) => (required ? name : `${name}?`));
  const isOpen = parameters.some((parameter) => parameter.allowMultipleOccurrences);
  return `(${[...names, ...(isOpen ? ["…"] : [])].join(", ")})`;
}

function unknownFunction(call: CallNode): ExpressionError {
  const meant = nearestName(call.name, FUNCTION_NAMES);
  const hint = meant === undefined ? "listFunctions() names those there are." : `Did you mean ${meant}?`;
  return refusal(
    "unknown-function",
    call,
    `There is no function ${sliceText(call.name, 0, SHOWN_NAME)}; names are case-sensitive.`,
    hint,
  );
}

function misplacedWord(word: EnumeratorNode): ExpressionError {
  const hint = 'Texts stand in quotation marks ("text"), attributes in square brackets ([name]).';
  return refusal("syntax", word, "A bare word has no meaning here.", hint);
}

function refusal(code: ExpressionErrorCode, at: ExpressionNode, message: string, hint?: string): ExpressionError {
  return new ExpressionError(code, message, { position: at.start, hint });
}
