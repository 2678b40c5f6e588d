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
    const role = roleOf(text.charCodeAt(at));
    if (role === SPACE) {
      at += 1;
    } else if (role === WORD) {
      const end = endOfWord(text, at);
      tokens.push({ kind: "word", text: text.slice(at, end), start: at });
      at = end;
    } else if (role === BRACKET) {
      const bracket = text.charAt(at);
      tokens.push({ kind: bracket as Token["kind"], text: bracket, start: at });
      at += 1;
    } else {
      const end = endOfString(text, at);
      if (end === undefined) return unreadable(at, 'no closing "');
      const token = readString(text, at, end);
      if ("problem" in token) return token;
      tokens.push(token);
      at = end;
    }
  }
  tokens.push({ kind: "end", text: "", start: at });
  return tokens;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OTHER_SPACE = /\s/;

/** What an ASCII character is outside of strings: 0 is a part of a word. */
const WORD = 0;
const SPACE = 1;
const BRACKET = 2;
const STRING = 3;
const ROLES = Uint8Array.from({ length: 0x80 }, (_, code) => {
  if (code === 0x20 || (code >= 0x09 && code <= 0x0d)) return SPACE;
  if (code === QUOTE) return STRING;
  return "()[]".includes(String.fromCharCode(code)) ? BRACKET : WORD;
});

function roleOf(code: number): number {
  if (code < 0x80) return ROLES[code] as number;
  return OTHER_SPACE.test(String.fromCharCode(code)) ? SPACE : WORD;
}

function endOfWord(text: string, start: number): number {
  let end = start + 1;
  while (end < text.length && roleOf(text.charCodeAt(end)) === WORD) end += 1;
  return end;
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

/** A literal from its opening quotation mark to the position behind its closing one. */
function readString(text: string, start: number, end: number): Token | LexicalError {
  if (isPlain(text, start, end)) return { kind: "string", text: text.slice(start + 1, end - 1), start };
  const decoded = decode(text.slice(start, end));
  if (decoded === undefined) return unreadable(start, "a wrong escape");
  if (!isStorableText(decoded)) return unreadable(start, "a character that is no text");
  return { kind: "string", text: decoded, start };
}

/** ASCII without escapes and control characters (RFC 8259 §7): nothing to decode, and nothing to object to. */
function isPlain(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
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
