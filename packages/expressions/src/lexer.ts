/**
 * Tokens of an expression, in one pass from left to right.
 *
 * @module
 */
import { ExpressionError } from "./errors.ts";

export type TokenKind = "(" | ")" | "," | "operator" | "attribute" | "text" | "number" | "word" | "end";

/** `text` is what was written, for `attribute` and `text` what stands between the delimiters, decoded. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const SPACE = /\s/;
const PUNCTUATION = "(),";
const WORD_START = /[\p{L}_]/u;
const WORD = /[\p{L}\p{N}_]*/uy;
const NUMBER = /-?[0-9]+|&H[0-9A-Fa-f]+/y;
const OPERATOR = /<>|>=|<=|[=><]/y;

/**
 * @returns the tokens, with `end` behind them
 * @throws ExpressionError `syntax`
 */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    if (SPACE.test(text.charAt(at))) {
      at += 1;
      continue;
    }
    const token = tokenAt(text, at);
    tokens.push(token);
    at = token.end;
  }
  tokens.push({ kind: "end", text: "", start: at, end: at });
  return tokens;
}

function tokenAt(text: string, start: number): Token {
  const first = text.charAt(start);
  if (PUNCTUATION.includes(first)) return { kind: first as TokenKind, text: first, start, end: start + 1 };
  if (first === '"') return textToken(text, start);
  if (first === "[") return attributeToken(text, start);
  const number = matchAt(NUMBER, text, start);
  if (number !== "") return { kind: "number", text: number, start, end: start + number.length };
  const operator = matchAt(OPERATOR, text, start);
  if (operator !== "") return { kind: "operator", text: operator, start, end: start + operator.length };
  if (WORD_START.test(first)) {
    const word = matchAt(WORD, text, start);
    return { kind: "word", text: word, start, end: start + word.length };
  }
  throw unexpected(first, start);
}

function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? "";
}

/** Backslash escapes itself and the quotation mark, and is a character like others before anything else. */
function textToken(text: string, start: number): Token {
  let end = start + 1;
  while (end < text.length && text.charAt(end) !== '"') end += text.charAt(end) === "\\" ? 2 : 1;
  if (end >= text.length) {
    throw syntaxError("The text that begins here has no closing quotation mark.", start, 'End it with ".');
  }
  return { kind: "text", text: text.slice(start + 1, end).replaceAll(/\\(["\\])/g, "$1"), start, end: end + 1 };
}

function attributeToken(text: string, start: number): Token {
  const end = text.indexOf("]", start);
  if (end === -1) throw syntaxError("The attribute that begins here has no closing bracket.", start, "End it with ].");
  const name = text.slice(start + 1, end).trim();
  if (name === "" || name.includes("[")) {
    throw syntaxError("This is no name of an attribute.", start, "Write one name in brackets, such as [jobTitle].");
  }
  return { kind: "attribute", text: name, start, end: end + 1 };
}

function unexpected(character: string, start: number): ExpressionError {
  return syntaxError(`The character ${character} has no meaning here.`, start, HINT_BY_CHARACTER.get(character));
}

const HINT_BY_CHARACTER: ReadonlyMap<string, string> = new Map([
  ["&", "Texts are put together by Append or Join; hexadecimal numbers begin with &H."],
  ["+", "Texts are put together by Append or Join."],
  ["'", 'Texts stand in double quotation marks: "text".'],
  ["“", 'Texts stand in straight quotation marks: "text".'],
  ["”", 'Texts stand in straight quotation marks: "text".'],
  ["!", "Unequal is written <>; the opposite of a value is Not(value)."],
]);

function syntaxError(message: string, position: number, hint?: string): ExpressionError {
  return new ExpressionError("syntax", message, { position, hint });
}
