/**
 * Regular expressions of .NET on an engine that runs in linear time. Whoever writes a pattern, and whoever's name it
 * runs over, cannot make it slow; look-around, back-references and what else would need backtracking are refused.
 *
 * @module
 */
import { type Matcher, RE2JS, RE2JSException } from "re2js";
import { ExpressionError } from "./errors.ts";
import type { Match, MatchSpan, Pattern } from "./pattern.ts";
import { type Run, spend } from "./run.ts";

const MAX_SOURCE_LENGTH = 1_000;
/** Characters, classes and groups of a pattern whose counted repetitions are written out, as the engine does. */
const MAX_EXPANSION = 20_000;
/** In units of work, measured: what a part of the expanded pattern, and a Unicode class, cost to compile. */
const COMPILE_COST = 50;
const CLASS_COST = 10_000;
/** Steps of the engine in a unit of work. */
const STEPS_PER_UNIT = 4;

/**
 * What it costs to compile a pattern, to be paid before it is compiled.
 *
 * @throws ExpressionError `regex` when it is longer than patterns may be
 */
export function compileCost(source: string): number {
  if (source.length > MAX_SOURCE_LENGTH) throw refused(`A pattern has at most ${MAX_SOURCE_LENGTH} characters.`);
  const expansion = expansionOf(source);
  if (expansion > MAX_EXPANSION) throw refused("The pattern repeats too much too often.");
  return expansion * COMPILE_COST + (source.match(/\\[wWpPdDsS]/g)?.length ?? 0) * CLASS_COST;
}

const PART = /\\p\{[^}]*\}|\\[\s\S]|\[\^?\]?(?:\\[\s\S]|[^\]\\])*\]|\{(?<least>\d+)(?:,(?<most>\d*))?\}|[\s\S]/gi;

/** How many parts there are when `(ab){2}` is written `(ab)(ab)`, at least: repetitions in repetitions multiply. */
function expansionOf(source: string): number {
  const outer: number[] = [];
  let size = 0;
  let last = 0;
  for (const { 0: part, groups } of source.matchAll(PART)) {
    if (groups?.least !== undefined) {
      const count = Number(groups.most || groups.least);
      size += last * Math.max(count - 1, 0);
      last *= count;
    } else if (part === "(") {
      outer.push(size);
      size = 1;
    } else {
      last = part === ")" ? size : 1;
      size = part === ")" ? (outer.pop() ?? 0) + last : size + 1;
    }
  }
  return outer.reduce((sum, open) => sum + open, size);
}

/** @throws ExpressionError `regex` */
export function compilePattern(source: string): Pattern {
  const compiled = compile(translate(source));
  return {
    source,
    groups: groupsOf(compiled),
    steps: compiled.programSize(),
    search: (text) => {
      const matcher = compiled.matcher(text);
      return () => (matcher.find() ? spansOf(matcher, compiled.groupCount()) : undefined);
    },
  };
}

function spansOf(matcher: Matcher, groupCount: number): Match {
  const groups = Array.from({ length: groupCount }, (_, index): MatchSpan | undefined => {
    const start = matcher.start(index + 1);
    return start === -1 ? undefined : { start, end: matcher.end(index + 1) };
  });
  return [{ start: matcher.start(), end: matcher.end() }, ...groups];
}

function compile(translated: string): RE2JS {
  try {
    return RE2JS.compile(translated);
  } catch (cause) {
    if (!(cause instanceof RE2JSException)) throw cause;
    throw refused("The pattern is no regular expression that can be run in linear time.", cause);
  }
}

/** .NET numbers the groups without a name first, then those with one; the engine numbers them as they stand. */
function groupsOf(compiled: RE2JS): ReadonlyMap<string, number> {
  const named = Object.entries(compiled.namedGroups()).toSorted(([, left], [, right]) => left - right);
  const taken = new Set(named.map(([, index]) => index));
  const all = Array.from({ length: compiled.groupCount() }, (_, index) => index + 1);
  const inOrder = [0, ...all.filter((index) => !taken.has(index)), ...taken];
  return new Map([...inOrder.map((index, number): [string, number] => [String(number), index]), ...named]);
}

/**
 * Every match from left to right, none overlapping.
 *
 * @throws ExpressionError `limit`
 */
export function* findMatches(pattern: Pattern, text: string, run: Run): Generator<Match> {
  const next = pattern.search(text);
  let at = 0;
  while (at <= text.length) {
    // Any one search may look at all that is left, also when it finds little.
    spend(run, 1 + (pattern.steps * (text.length - at)) / STEPS_PER_UNIT);
    const match = next();
    if (match === undefined) return;
    yield match;
    at = Math.max(match[0].end, at + 1);
  }
}

const WORD_CLASS = "\\p{L}\\p{Mn}\\p{Nd}\\p{Pc}";
const SPACE_CLASS = "\\s\\x0B\\x{85}\\p{Z}";

/** Classes that .NET takes from Unicode and the engine from ASCII: outside of brackets, and within. */
const CLASSES: ReadonlyMap<string, readonly [outside: string, within: string | undefined]> = new Map([
  ["d", ["\\p{Nd}", "\\p{Nd}"]],
  ["D", ["\\P{Nd}", "\\P{Nd}"]],
  ["w", [`[${WORD_CLASS}]`, WORD_CLASS]],
  ["W", [`[^${WORD_CLASS}]`, undefined]],
  ["s", [`[${SPACE_CLASS}]`, SPACE_CLASS]],
  ["S", [`[^${SPACE_CLASS}]`, undefined]],
]);

/** Escapes that the engine gives a meaning which .NET does not know. */
const FOREIGN_ESCAPES = "QEC";

/** The same pattern in the words of the engine. */
function translate(source: string): string {
  const parts: string[] = [];
  let within = false;
  for (const [token] of source.matchAll(/\\u[0-9A-Fa-f]{4}|\\[\s\S]|\[\^?\]?|[\s\S]/g)) {
    if (token.startsWith("\\")) parts.push(translateEscape(token, within));
    else if (token.startsWith("[") && !within) {
      within = true;
      parts.push(token.endsWith("]") ? `${token.slice(0, -1)}\\]` : token);
    } else if (token.startsWith("[")) {
      if (parts.at(-1) === "-") throw refused("One class of characters cannot be subtracted from another.");
      parts.push(`\\${token}`);
      within = !token.endsWith("]");
    } else {
      if (token === "]") within = false;
      parts.push(token);
    }
  }
  return parts.join("");
}

function translateEscape(token: string, within: boolean): string {
  const letter = token.charAt(1);
  if (letter === "u" && token.length > 2) return `\\x{${token.slice(2)}}`;
  if (FOREIGN_ESCAPES.includes(letter)) throw refused(`The pattern has an escape that is none: \\${letter}.`);
  const translation = CLASSES.get(letter);
  if (translation === undefined) return token;
  const [outside, inside] = translation;
  if (!within) return outside;
  if (inside === undefined) throw refused(`\\${letter} cannot stand within brackets; write [^…] instead.`);
  return inside;
}

function refused(message: string, cause?: unknown): ExpressionError {
  return new ExpressionError("regex", message, {
    hint: "Look-around, back-references, atomic groups and subtracted classes are not available.",
    cause,
  });
}
