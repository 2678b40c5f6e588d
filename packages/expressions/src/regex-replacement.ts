/**
 * What `$` means in the replacement of a pattern, as .NET has it.
 *
 * @module
 */
import type { Match, MatchSpan, Pattern } from "./pattern.ts";
import { type Run, spendText } from "./run.ts";

/** One match, and where it was found. */
export interface Found {
  readonly pattern: Pattern;
  readonly text: string;
  readonly match: Match;
}

const SUBSTITUTION = /\$(?:\$|&|`|'|_|\+|(?<number>\d+)|\{(?<name>[^{}]+)\})/g;

/**
 * The replacement with its substitutions. What names no group stays as it is written.
 *
 * @throws ExpressionError `limit`
 */
export function expandReplacement(replacement: string, found: Found, run: Run): string {
  if (!replacement.includes("$")) return replacement;
  return replacement.replaceAll(SUBSTITUTION, (written: string, number?: string, name?: string) => {
    const group = number ?? name;
    const text = (group === undefined ? special(written.charAt(1), found) : ofGroup(group, found)) ?? written;
    spendText(run, text.length);
    return text;
  });
}

function special(sign: string, { text, match }: Found): string | undefined {
  const [whole] = match;
  switch (sign) {
    case "$":
      return "$";
    case "&":
      return textOf(whole, text);
    case "`":
      return text.slice(0, whole.start);
    case "'":
      return text.slice(whole.end);
    case "_":
      return text;
    default:
      return textOf(
        match.findLast((span) => span !== undefined),
        text,
      );
  }
}

function ofGroup(group: string, { pattern, text, match }: Found): string | undefined {
  const index = pattern.groups.get(group);
  return index === undefined ? undefined : textOf(match[index], text);
}

/** A group that took no part is empty. */
function textOf(span: MatchSpan | undefined, text: string): string {
  return span === undefined ? "" : text.slice(span.start, span.end);
}
