/**
 * Text as a date, by a format of .NET. What neither the format nor the text says is taken from today, the first of the
 * month, or midnight, as .NET does; without an offset the text is UTC.
 *
 * @module
 */
import { atOffset, hourOfDay, offsetMinutes } from "./date-parse.ts";
import { MONTHS, type PatternPart, readPattern, WEEKDAYS } from "./date-pattern.ts";
import { type DateTime, fromCalendar, toCalendar } from "./date-time.ts";
import { ExpressionError } from "./errors.ts";

/** Where white space may stand that the format does not have. */
export interface WhiteSpace {
  readonly leading: boolean;
  readonly trailing: boolean;
  readonly inner: boolean;
}

/** .NET reads two digits of a year as one of 1950 to 2049. */
const LAST_SHORT_YEAR = 49;

type Specifier = PatternPart & { readonly kind: "specifier" };

interface Reading {
  readonly text: string;
  at: number;
  readonly found: Found;
}

/**
 * @throws ExpressionError `range` when the format is none, `type` when the text does not have it
 */
export function readDateTime(text: string, format: string, white: WhiteSpace, now: DateTime): DateTime {
  const reading: Reading = { text: trimmed(text, white), at: 0, found: new Map() };
  for (const part of readPattern(format)) {
    if (white.inner) skipSpace(reading);
    if (part.kind === "literal") readLiteral(reading, part.text, white);
    else put(reading.found, readSpecifier(reading, part));
  }
  if (reading.at !== reading.text.length) throw otherForm();
  return assemble(reading.found, now);
}

function trimmed(text: string, { leading, trailing }: WhiteSpace): string {
  const start = leading ? text.trimStart() : text;
  return trailing ? start.trimEnd() : start;
}

function skipSpace(reading: Reading): void {
  while (/\s/.test(reading.text.charAt(reading.at))) reading.at += 1;
}

function readLiteral(reading: Reading, literal: string, white: WhiteSpace): void {
  if (white.inner && literal.trim() === "") return;
  if (!reading.text.startsWith(literal, reading.at)) throw otherForm();
  reading.at += literal.length;
}

function take(reading: Reading, pattern: RegExp): string {
  pattern.lastIndex = reading.at;
  const [text] = pattern.exec(reading.text) ?? [];
  if (text === undefined) throw otherForm();
  reading.at += text.length;
  return text;
}

type Part = "year" | "month" | "day" | "hour" | "minute" | "second" | "fraction" | "half" | "zone";
type Found = Map<Part, string>;

/** What is said twice must be the same. */
function put(found: Found, said: readonly [Part, string] | undefined): void {
  if (said === undefined) return;
  const [part, text] = said;
  if (found.has(part) && found.get(part) !== text) throw otherForm();
  found.set(part, text);
}

/** What the text says here; nothing for names of weekdays and eras, which say nothing new. */
function readSpecifier(reading: Reading, { letter, count }: Specifier): readonly [Part, string] | undefined {
  switch (letter) {
    case "y":
      return ["year", readYear(reading, count)];
    case "M":
      return ["month", count < 3 ? readDigits(reading, count) : readMonth(reading, count)];
    case "d":
      if (count < 3) return ["day", readDigits(reading, count)];
      readName(reading, WEEKDAYS, count);
      return undefined;
    case "h":
    case "H":
      return ["hour", readDigits(reading, count)];
    case "m":
      return ["minute", readDigits(reading, count)];
    case "s":
      return ["second", readDigits(reading, count)];
    case "f":
      return ["fraction", take(reading, exactDigits(count))];
    case "F":
      return ["fraction", take(reading, new RegExp(`\\d{0,${count}}`, "y"))];
    case "t":
      return ["half", take(reading, count === 1 ? /[AP]/iy : /[AP]M/iy).charAt(0)];
    case "g":
      take(reading, /A\.?D\.?/iy);
      return undefined;
    case "K":
      return ["zone", take(reading, /(?:Z|[+-]\d{2}:\d{2})?/iy) || "Z"];
    default:
      return ["zone", take(reading, ZONES[Math.min(count, 3) - 1] as RegExp)];
  }
}

const ZONES = [/[+-]\d{1,2}/y, /[+-]\d{2}/y, /Z|[+-]\d{2}:?\d{2}/iy] as const;

function exactDigits(count: number): RegExp {
  return new RegExp(`\\d{${count}}`, "y");
}

/** One letter takes one or two digits, two letters take two. */
function readDigits(reading: Reading, count: number): string {
  return take(reading, count === 1 ? /\d{1,2}/y : /\d{2}/y);
}

function readYear(reading: Reading, count: number): string {
  if (count > 2) return take(reading, exactDigits(Math.min(Math.max(count, 4), 5)));
  const short = Number(readDigits(reading, count));
  return String(short + (short > LAST_SHORT_YEAR ? 1900 : 2000));
}

function readMonth(reading: Reading, count: number): string {
  return String(readName(reading, MONTHS, count) + 1);
}

/** Which of the names stands here: whole, or its first three letters. */
function readName(reading: Reading, names: readonly string[], count: number): number {
  const rest = reading.text.slice(reading.at, reading.at + 20).toLowerCase();
  const written = names.map((name) => (count === 3 ? name.slice(0, 3) : name).toLowerCase());
  const index = written.findIndex((name) => rest.startsWith(name));
  if (index === -1) throw otherForm();
  reading.at += written[index]?.length ?? 0;
  return index;
}

function assemble(found: Found, now: DateTime): DateTime {
  const today = toCalendar(now);
  const saysDate = found.has("year") || found.has("month") || found.has("day");
  const half = found.get("half")?.toUpperCase();
  const hour = hourOfDay(Number(found.get("hour") ?? (half === undefined ? 0 : 12)), half && `${half}M`);
  const local =
    hour === undefined
      ? undefined
      : fromCalendar({
          year: Number(found.get("year") ?? today.year),
          month: Number(found.get("month") ?? (saysDate ? 1 : today.month)),
          day: Number(found.get("day") ?? (saysDate ? 1 : today.day)),
          hour,
          minute: Number(found.get("minute") ?? 0),
          second: Number(found.get("second") ?? 0),
          fraction: Number((found.get("fraction") ?? "").padEnd(7, "0")),
        });
  const moment = local && atOffset(local, zoneMinutes(found.get("zone")));
  if (moment === undefined) throw otherForm();
  return moment;
}

/** Offsets of `z` may have one digit. */
function zoneMinutes(zone: string | undefined): number | undefined {
  return offsetMinutes(zone?.replace(/^(?<sign>[+-])(?<digit>\d)$/, "$<sign>0$<digit>"));
}

function otherForm(): ExpressionError {
  return new ExpressionError("type", "The value is no date of the input format.");
}
