/**
 * A date as text in a format of .NET: in UTC, in the invariant culture.
 *
 * @module
 */
import { MONTHS, type PatternPart, readPattern, WEEKDAYS } from "./date-pattern.ts";
import { type CalendarFields, type DateTime, toCalendar } from "./date-time.ts";

/** @throws ExpressionError `range` when the text is no format of .NET */
export function formatDateTime(dateTime: DateTime, format: string): string {
  const fields = toCalendar(dateTime);
  const texts: string[] = [];
  for (const part of readPattern(format)) {
    const text = part.kind === "literal" ? part.text : formatSpecifier(part.letter, part.count, fields);
    // `.FFF` leaves out the point as well when there is no fraction.
    if (text === "" && isFraction(part) && texts.at(-1) === ".") texts.pop();
    texts.push(text);
  }
  return texts.join("");
}

function isFraction(part: PatternPart): boolean {
  return part.kind === "specifier" && part.letter === "F";
}

function formatSpecifier(letter: string, count: number, fields: CalendarFields): string {
  switch (letter) {
    case "d":
      return count < 3 ? digits(fields.day, count) : named(WEEKDAYS, fields.weekday, count);
    case "M":
      return count < 3 ? digits(fields.month, count) : named(MONTHS, fields.month - 1, count);
    case "y":
      return count < 3 ? digits(fields.year % 100, count) : String(fields.year).padStart(count, "0");
    case "h":
      return digits(fields.hour % 12 || 12, count);
    case "H":
      return digits(fields.hour, count);
    case "m":
      return digits(fields.minute, count);
    case "s":
      return digits(fields.second, count);
    case "f":
      return fraction(fields, count);
    case "F":
      return fraction(fields, count).replace(/0+$/, "");
    case "t":
      return (fields.hour < 12 ? "AM" : "PM").slice(0, count);
    case "g":
      return "A.D.";
    case "K":
      return "Z";
    default:
      return ["+0", "+00"][count - 1] ?? "+00:00";
  }
}

function digits(value: number, count: number): string {
  return String(value).padStart(Math.min(count, 2), "0");
}

function named(names: readonly string[], index: number, count: number): string {
  const name = names[index] ?? "";
  return count === 3 ? name.slice(0, 3) : name;
}

function fraction({ fraction: ticks }: CalendarFields, count: number): string {
  return String(ticks).padStart(7, "0").slice(0, count);
}
