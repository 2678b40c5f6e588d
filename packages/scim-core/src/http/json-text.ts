/**
 * JSON from a stranger: depth is bounded before the parser works, and a name that stands twice is refused instead of
 * silently decided (RFC 8259 §4; two readers may pick differently).
 *
 * @module
 */
import { ScimError } from "../errors.ts";
import { isStorableText } from "../storable-text.ts";

/**
 * @param maxDepth nested objects and arrays
 * @throws {ScimError} `invalidSyntax`; `invalidValue` for text that no database keeps
 */
export function parseJson(text: string, maxDepth: number): unknown {
  checkStructure(text, maxDepth);
  const value = parse(text);
  // Raw text came through a strict UTF-8 decoder: only an escape can make such characters.
  if (text.includes("\\u")) refuseUnstorable(value);
  return value;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ScimError("invalidSyntax", "The request body is not valid JSON.", { cause });
  }
}

/** One pass over the text. It only has to be right about valid JSON: the parser refuses the rest. */
function checkStructure(text: string, maxDepth: number): void {
  // The names seen in each object that is open; undefined for an array.
  const open: (Set<string> | undefined)[] = [];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === OPEN_BRACE || code === OPEN_BRACKET) {
      open.push(code === OPEN_BRACE ? new Set() : undefined);
      if (open.length > maxDepth) throw tooDeep(maxDepth);
    } else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) {
      open.pop();
    } else if (code === QUOTE) {
      const end = endOfString(text, at);
      if (isName(text, end)) claim(open.at(-1), readName(text.slice(at, end)));
      at = end - 1;
    }
  }
}

const QUOTE = 0x22;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** @returns the position after the closing quotation mark */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end === -1 ? text.length : end + 1;
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text[at - 1 - backslashes] === "\\") backslashes++;
  return backslashes % 2 === 1;
}

/** A string before a colon. */
function isName(text: string, end: number): boolean {
  let at = end;
  while (text[at] === " " || text[at] === "\n" || text[at] === "\r" || text[at] === "\t") at++;
  return text[at] === ":";
}

/** `"a"` and `"\u0061"` are one name. */
function readName(literal: string): string {
  if (!literal.includes("\\")) return literal.slice(1, -1);
  return String(parse(literal));
}

function claim(names: Set<string> | undefined, name: string): void {
  if (names === undefined) return;
  if (names.has(name)) {
    throw new ScimError("invalidSyntax", `The request body has "${name.slice(0, 100)}" twice in one object.`);
  }
  names.add(name);
}

function refuseUnstorable(value: unknown): void {
  if (typeof value === "string") {
    if (!isStorableText(value)) throw new ScimError("invalidValue", "A text contains a character that is no text.");
  } else if (typeof value === "object" && value !== null) {
    for (const [name, member] of Object.entries(value)) {
      refuseUnstorable(name);
      refuseUnstorable(member);
    }
  }
}

function tooDeep(maxDepth: number): ScimError {
  return new ScimError("invalidSyntax", `The request body is nested deeper than ${maxDepth} levels.`);
}
