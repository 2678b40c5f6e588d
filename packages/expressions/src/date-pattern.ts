/**
 * The custom date and time formats of .NET in the invariant culture, as a list of parts; and the standard ones, which
 * are names for custom ones.
 *
 * @module
 */
import { ExpressionError } from "./errors.ts";

/** A specifier, such as `yyyy` or `tt`, or text that stands for itself. */
export type PatternPart =
  | { readonly kind: "specifier"; readonly letter: string; readonly count: number }
  | { readonly kind: "literal"; readonly text: string };

export const MONTHS: readonly string[] = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

export const WEEKDAYS: readonly string[] = [
  "Sunday",
  "Monday",
  "Tuesday",
  "Wednesday",
  "Thursday",
  "Friday",
  "Saturday",
];

const LONG_DATE = "dddd, dd MMMM yyyy";
const RFC1123 = "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'";
const ROUND_TRIP = "yyyy'-'MM'-'dd'T'HH':'mm':'ss'.'fffffffK";

/** A format of one letter is a standard format. */
const STANDARD: ReadonlyMap<string, string> = new Map([
  ["d", "MM/dd/yyyy"],
  ["D", LONG_DATE],
  ["f", `${LONG_DATE} HH:mm`],
  ["F", `${LONG_DATE} HH:mm:ss`],
  ["g", "MM/dd/yyyy HH:mm"],
  ["G", "MM/dd/yyyy HH:mm:ss"],
  ["m", "MMMM dd"],
  ["M", "MMMM dd"],
  ["o", ROUND_TRIP],
  ["O", ROUND_TRIP],
  ["r", RFC1123],
  ["R", RFC1123],
  ["s", "yyyy'-'MM'-'dd'T'HH':'mm':'ss"],
  ["t", "HH:mm"],
  ["T", "HH:mm:ss"],
  ["u", "yyyy'-'MM'-'dd HH':'mm':'ss'Z'"],
  ["U", `${LONG_DATE} HH:mm:ss`],
  ["y", "yyyy MMMM"],
  ["Y", "yyyy MMMM"],
]);

const MAX_LENGTH = 200;
const PART = /'[^']*'|"[^"]*"|\\[\s\S]|%?(?:d+|f+|F+|g+|h+|H+|K|m+|M+|s+|t+|y+|z+)|[\s\S]/g;
const SPECIFIER = /^%?(?<letters>[dfFghHKmMstyz]+)$/;

/** The most letters of a kind that mean something; .NET reads more of most as the longest. */
const MOST_FRACTION_DIGITS = 7;

/** @throws ExpressionError `range` when the text is no format of .NET */
export function readPattern(format: string): readonly PatternPart[] {
  if (format === "" || format.length > MAX_LENGTH) throw noFormat();
  const custom = format.length === 1 ? STANDARD.get(format) : format;
  if (custom === undefined) throw noFormat();
  return Array.from(custom.matchAll(PART), ([part]) => readPart(part));
}

function readPart(part: string): PatternPart {
  const letters = SPECIFIER.exec(part)?.groups?.letters;
  if (letters !== undefined) {
    const letter = letters.charAt(0);
    if (letter.toLowerCase() === "f" && letters.length > MOST_FRACTION_DIGITS) throw noFormat();
    return { kind: "specifier", letter, count: letters.length };
  }
  if (part.startsWith("\\")) return { kind: "literal", text: part.slice(1) };
  if (part.length > 1) return { kind: "literal", text: part.slice(1, -1) };
  if (part === "%" || part === "'" || part === '"' || part === "\\") throw noFormat();
  return { kind: "literal", text: part };
}

function noFormat(): ExpressionError {
  return new ExpressionError("range", "This is no date format of .NET.", {
    hint: "Formats are written like yyyy-MM-dd HH:mm:ss; other letters stand in quotation marks.",
  });
}
