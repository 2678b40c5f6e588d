/**
 * Recursive descent over the tokens of a filter: `or` binds weaker than `and`, which binds weaker than `not` and
 * brackets (RFC 7644 figure 1). Depth and clauses are bounded, so that neither the stack nor matching can be exhausted.
 *
 * @module
 */
import { describeText } from "./describe.ts";
import { ScimError } from "./errors.ts";
import { compare, type Literal, operatorOf, refuseHidden } from "./filter-comparison.ts";
import { type Token, tokenize } from "./filter-lexer.ts";
import type { Filter } from "./filter-tree.ts";
import { type AttributePath, describePath, resolvePath } from "./path.ts";
import type { ResourceType } from "./schema.ts";
import { subAttributeOf } from "./schema-index.ts";

/** Budgets of one filter. */
export interface FilterLimits {
  /** Bytes in UTF-8. */
  readonly filterBytes: number;
  /** Nested brackets. */
  readonly filterDepth: number;
  /** Comparisons. */
  readonly filterClauses: number;
}

export const DEFAULT_FILTER_LIMITS: FilterLimits = { filterBytes: 8 * 1024, filterDepth: 32, filterClauses: 200 };

/** A position within the tokens of one text, and what has been spent so far. */
export interface Cursor {
  readonly type: ResourceType;
  readonly code: "invalidFilter" | "invalidPath";
  readonly limits: FilterLimits;
  readonly tokens: readonly Token[];
  next: number;
  depth: number;
  clauses: number;
}

/** What a name means where it stands: an attribute of the type, or within brackets of the element. */
type Resolve = (name: string) => AttributePath | undefined;

/** @throws ScimError of the given code when the text is too long or has no tokens */
export function openCursor(
  text: string,
  type: ResourceType,
  code: Cursor["code"],
  limits?: Partial<FilterLimits>,
): Cursor {
  const budget = limits === undefined ? DEFAULT_FILTER_LIMITS : { ...DEFAULT_FILTER_LIMITS, ...limits };
  // No character has more than three bytes for each of its units.
  if (text.length * 3 > budget.filterBytes && Buffer.byteLength(text) > budget.filterBytes) {
    throw new ScimError(code, `The filter is longer than ${budget.filterBytes} bytes. Ask for less at a time.`);
  }
  const tokens = tokenize(text);
  if ("problem" in tokens) throw failure(code, tokens.start, tokens.problem);
  return { type, code, limits: budget, tokens, next: 0, depth: 0, clauses: 0 };
}

/** A whole filter, up to the end of the text. */
export function parseWholeFilter(cursor: Cursor): Filter {
  const filter = parseOr(cursor, (name) => resolvePath(name, cursor.type));
  expectEnd(cursor);
  return filter;
}

/** What stands in brackets behind an attribute, with both brackets; names are those of the element. */
export function parseElementFilter(cursor: Cursor, path: AttributePath): Filter {
  const open = take(cursor);
  if (open.kind !== "[") throw expected(cursor, open, "[");
  if (path.subAttribute !== undefined || !path.attribute.multiValued) {
    throw failure(cursor.code, open.start, `${describePath(path)} is not multi-valued and takes no value filter`);
  }
  const filter = nested(cursor, open, () => parseOr(cursor, (name) => resolveInElement(name, path)));
  const close = take(cursor);
  if (close.kind !== "]") throw expected(cursor, close, "]");
  return filter;
}

export function peek(cursor: Cursor): Token {
  return cursor.tokens[cursor.next] ?? { kind: "end", text: "", start: 0 };
}

export function take(cursor: Cursor): Token {
  const token = peek(cursor);
  cursor.next += 1;
  return token;
}

/** @throws ScimError when anything is left */
export function expectEnd(cursor: Cursor): void {
  const token = peek(cursor);
  if (token.kind !== "end") throw expected(cursor, token, "the end");
}

/** An error that names the place, counted from 1. */
export function failure(code: Cursor["code"], start: number, problem: string): ScimError {
  const what = code === "invalidFilter" ? "filter" : "path";
  return new ScimError(code, `The ${what} is wrong at position ${start + 1}: ${problem}.`);
}

export function expected({ code }: Cursor, token: Token, what: string): ScimError {
  const found = token.kind === "end" ? "the end" : describeText(token.text);
  return failure(code, token.start, `expected ${what}, found ${found}`);
}

function parseOr(cursor: Cursor, resolve: Resolve): Filter {
  return parseChain(cursor, "or", parseAnd, resolve);
}

function parseAnd(cursor: Cursor, resolve: Resolve): Filter {
  return parseChain(cursor, "and", parseUnary, resolve);
}

function parseChain(
  cursor: Cursor,
  kind: "and" | "or",
  operand: (cursor: Cursor, resolve: Resolve) => Filter,
  resolve: Resolve,
): Filter {
  const first = operand(cursor, resolve);
  if (!isWord(peek(cursor), kind)) return first;
  const operands = [first];
  do {
    take(cursor);
    operands.push(operand(cursor, resolve));
  } while (isWord(peek(cursor), kind));
  return { kind, operands };
}

function parseUnary(cursor: Cursor, resolve: Resolve): Filter {
  const token = take(cursor);
  if (token.kind === "(") return parseGroup(cursor, token, resolve);
  if (token.kind !== "word") throw expected(cursor, token, "an attribute");
  if (isWord(token, "not") && peek(cursor).kind === "(") {
    return { kind: "not", operand: parseGroup(cursor, take(cursor), resolve) };
  }
  return parseExpression(cursor, token, resolve);
}

function parseGroup(cursor: Cursor, open: Token, resolve: Resolve): Filter {
  const filter = nested(cursor, open, () => parseOr(cursor, resolve));
  const close = take(cursor);
  if (close.kind !== ")") throw expected(cursor, close, ")");
  return filter;
}

function parseExpression(cursor: Cursor, name: Token, resolve: Resolve): Filter {
  const path = resolve(name.text);
  if (path === undefined) {
    throw failure(cursor.code, name.start, `${describeText(name.text)} is no attribute of ${cursor.type.name}`);
  }
  return peek(cursor).kind === "[" ? parseValuePath(cursor, path) : parseComparison(cursor, path);
}

/** `emails[type eq "work"]`, and Entra's `emails[type eq "work"].value eq "x"`, of which both halves hold for one element. */
function parseValuePath(cursor: Cursor, path: AttributePath): Filter {
  const filter = parseElementFilter(cursor, path);
  const behind = peek(cursor);
  if (behind.kind !== "word" || !behind.text.startsWith(".")) return { kind: "element", path, filter };
  take(cursor);
  const sub = resolveInElement(behind.text.slice(1), path);
  if (sub === undefined) {
    throw failure(cursor.code, behind.start, `${path.attribute.name} has no ${describeText(behind.text.slice(1))}`);
  }
  return { kind: "element", path, filter: { kind: "and", operands: [filter, parseComparison(cursor, sub)] } };
}

function parseComparison(cursor: Cursor, path: AttributePath): Filter {
  const word = take(cursor);
  cursor.clauses += 1;
  if (cursor.clauses > cursor.limits.filterClauses) {
    throw failure(cursor.code, word.start, `more than ${cursor.limits.filterClauses} comparisons`);
  }
  const operator = word.kind === "word" ? operatorOf(word.text) : undefined;
  if (operator === "pr") {
    refuseHidden(path);
    return { kind: "present", path };
  }
  if (operator === undefined) throw expected(cursor, word, "an operator such as eq, co or pr");
  const token = take(cursor);
  const comparison = compare(path, operator, literalOf(cursor, token));
  if (typeof comparison === "string") throw failure(cursor.code, token.start, comparison);
  return comparison;
}

const NUMBER = /^-?(?:0|[1-9]\d{0,307})(?:\.\d{1,308})?(?:[eE][+-]?\d{1,3})?$/;
const CONSTANTS: ReadonlyMap<string, Literal> = new Map<string, Literal>([
  ["true", true],
  ["false", false],
  ["null", null],
]);

/** `true`, `false` and `null` in any case: RFC 7644 writes them as ABNF strings, which ignore it. */
function literalOf(cursor: Cursor, token: Token): Literal {
  if (token.kind === "string") return token.text;
  const constant = token.kind === "word" ? CONSTANTS.get(token.text.toLowerCase()) : undefined;
  if (constant !== undefined) return constant;
  if (token.kind === "word" && NUMBER.test(token.text)) return Number(token.text);
  throw expected(cursor, token, 'a value such as "text", true or 42');
}

function nested<Result>(cursor: Cursor, open: Token, parse: () => Result): Result {
  cursor.depth += 1;
  if (cursor.depth > cursor.limits.filterDepth) {
    throw failure(cursor.code, open.start, `brackets are nested deeper than ${cursor.limits.filterDepth}`);
  }
  const result = parse();
  cursor.depth -= 1;
  return result;
}

/** Within an element its sub-attributes are the attributes; a simple value is its own `value`. */
function resolveInElement(name: string, { attribute }: AttributePath): AttributePath | undefined {
  const found = attribute.type === "complex" ? subAttributeOf(attribute, name) : simpleValueOf(attribute, name);
  return found && { extension: undefined, attribute: found, subAttribute: undefined };
}

function simpleValueOf(attribute: AttributePath["attribute"], name: string): AttributePath["attribute"] | undefined {
  return name.toLowerCase() === "value" ? { ...attribute, name: "value", multiValued: false } : undefined;
}

function isWord(token: Token, word: string): boolean {
  return token.kind === "word" && token.text.length === word.length && token.text.toLowerCase() === word;
}
