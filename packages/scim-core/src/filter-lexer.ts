/**
 * Tokens of filters and PATCH paths (RFC 7644 figure 1 and figure 7), in one pass from left to right.
 *
 * @module
 */
import { isStorableText } from "./storable-text.ts";

/** `word` is everything that is no bracket and no string: names, operators, numbers. `start` counts from 0. */
export interface Token {
  readonly kind: "(" | ")" | "[" | "]" | "word" | "string" | "end";
  readonly text: string;
  readonly start: number;
}

/** Where and why a text is no filter. */
export interface LexicalError {
  readonly start: number;
  readonly problem: string;
}

const BRACKETS = "()[]";
/** Sticky: each expression looks at one place and never rescans what is behind it. */
const SPACE = /\s+/y;
const WORD = /[^\s()[\]"]+/y;
const STRING = /"(?:[^"\\]|\\[\s\S])*"/y;

/** The tokens with `end` behind them, or the first thing that is none. String tokens carry their decoded text. */
export function tokenize(text: string): readonly Token[] | LexicalError {
  const tokens: Token[] = [];
  let start = 0;
  while (start < text.length) {
    const space = matchAt(SPACE, text, start);
    if (space !== undefined) {
      start += space.length;
      continue;
    }
    const token = tokenAt(text, start);
    if ("problem" in token) return token;
    tokens.push(token.token);
    start += token.length;
  }
  return [...tokens, { kind: "end", text: "", start }];
}

function tokenAt(text: string, start: number): { readonly token: Token; readonly length: number } | LexicalError {
  const bracket = text[start] ?? "";
  if (BRACKETS.includes(bracket)) {
    return { token: { kind: bracket as Token["kind"], text: bracket, start }, length: 1 };
  }
  if (bracket !== '"') {
    const word = matchAt(WORD, text, start) ?? bracket;
    return { token: { kind: "word", text: word, start }, length: word.length };
  }
  const literal = matchAt(STRING, text, start);
  if (literal === undefined) return { start, problem: 'the text that begins here has no closing "' };
  const decoded = decode(literal);
  if (decoded === undefined) return { start, problem: "the text that begins here has a wrong escape" };
  if (!isStorableText(decoded)) return { start, problem: "the text that begins here has a character that is no text" };
  return { token: { kind: "string", text: decoded, start }, length: literal.length };
}

function matchAt(pattern: RegExp, text: string, start: number): string | undefined {
  pattern.lastIndex = start;
  return pattern.exec(text)?.[0];
}

/** RFC 7644 §3.4.2.2: a literal is a JSON string. */
function decode(literal: string): string | undefined {
  try {
    const decoded: unknown = JSON.parse(literal);
    return typeof decoded === "string" ? decoded : undefined;
  } catch {
    return undefined;
  }
}
