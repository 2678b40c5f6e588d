/**
 * A quarter of the time of a sign-in. The parser (@xmldom/xmldom 0.9.8 to 0.9.12) builds the pattern of an end tag, 700
 * characters that never change, anew for every end tag; here it keeps the pattern that it built last. What it reads and
 * refuses stays the same, and a parser that looks otherwise inside is left as it is (decision 16).
 *
 * @module
 */
import { createRequire } from "node:module";

type Parts = (RegExp | string)[];

/** Joins the parts to one pattern. */
type BuildPattern = (this: unknown, ...parts: Parts) => RegExp;

/** The part of the parser that knows the productions of XML. */
interface Grammar {
  reg: BuildPattern;
}

/** To be called once, by who uses the parser. */
export function keepEndTagPattern(): void {
  const grammar = grammarOfParser();
  if (grammar !== undefined) grammar.reg = keepingLast(grammar.reg);
}

/** None where the parser was bundled or replaced: it is slower then, and as strict. */
function grammarOfParser(): Grammar | undefined {
  try {
    const grammar: Partial<Grammar> = createRequire(import.meta.url)("@xmldom/xmldom/lib/grammar.js");
    return typeof grammar.reg === "function" ? (grammar as Grammar) : undefined;
  } catch {
    return undefined;
  }
}

/** The patterns have no state: the parser builds them without the flags `g` and `y`. */
export function keepingLast(build: BuildPattern): BuildPattern {
  let last: { readonly parts: Readonly<Parts>; readonly pattern: RegExp } | undefined;
  return function keptPattern(...parts): RegExp {
    if (last === undefined || !areSame(last.parts, parts)) last = { parts, pattern: build.apply(this, parts) };
    return last.pattern;
  };
}

function areSame(left: Readonly<Parts>, right: Readonly<Parts>): boolean {
  return left.length === right.length && left.every((part, index) => part === right[index]);
}
