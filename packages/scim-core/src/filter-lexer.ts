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

/** The tokens with `end` behind them, or the first thing that is none. String tokens carry their decoded text. */
export function tokenize(text: string): readonly Token[] | LexicalError {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (isSpace(code)) {
      at += 1;
    } else if (isBracket(code)) {
      const bracket = text.charAt(at);
      tokens.push({ kind: bracket as Token["kind"], text: bracket, start: at });
      at += 1;
    } else if (code === QUOTE) {
      const end = endOfString(text, at);
      if (end === undefined) return unreadable(at, 'no closing "');
      const token = readString(text.slice(at, end), at);
      if ("problem" in token) return token;
      tokens.push(token);
      at = end;
    } else {
      const end = endOfWord(text, at);
      tokens.push({ kind: "word", text: text.slice(at, end), start: at });
      at = end;
    }
  }
  tokens.push({ kind: "end", text: "", start: at });
  return tokens;
}

const QUOTE = 0x22;
const CLOSING_BRACKET = 0x5d;
const BACKSLASH = 0x5c;
const OTHER_SPACE = /\s/;

function isSpace(code: number): boolean {
  if (code < 0x80) return code === 0x20 || (code >= 0x09 && code <= 0x0d);
  return OTHER_SPACE.test(String.fromCharCode(code));
}

function isBracket(code: number): boolean {
  return code === 0x28 || code === 0x29 || code === 0x5b || code === CLOSING_BRACKET;
}

function endOfWord(text: string, start: number): number {
  let end = start + 1;
  while (end < text.length && !endsWord(text.charCodeAt(end))) end += 1;
  return end;
}

function endsWord(code: number): boolean {
  // Lower-case letters, which most of a filter is made of, are through after one look.
  if (code > CLOSING_BRACKET) return code >= 0x80 && isSpace(code);
  return code === QUOTE || isBracket(code) || isSpace(code);
}

/** The position behind the closing quotation mark: the first that no backslash escapes. */
function endOfString(text: string, start: number): number | undefined {
  let end = text.indexOf('"', start + 1);
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end === -1 ? undefined : end + 1;
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text.charCodeAt(at - 1 - backslashes) === BACKSLASH) backslashes += 1;
  return backslashes % 2 === 1;
}

function unreadable(start: number, what: string): LexicalError {
  return { start, problem: `the text that begins here has ${what}` };
}

/** @param literal with its quotation marks */
function readString(literal: string, start: number): Token | LexicalError {
  if (isPlain(literal)) return { kind: "string", text: literal.slice(1, -1), start };
  const text = decode(literal);
  if (text === undefined) return unreadable(start, "a wrong escape");
  return isStorableText(text) ? { kind: "string", text, start } : unreadable(start, "a character that is no text");
}

/** ASCII without escapes and control characters (RFC 8259 §7): nothing to decode, and nothing to object to. */
function isPlain(literal: string): boolean {
  for (let at = 0; at < literal.length; at++) {
    const code = literal.charCodeAt(at);
    if (code < 0x20 || code > 0x7e || code === BACKSLASH) return false;
  }
  return true;
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
