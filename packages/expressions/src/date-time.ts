/**
 * Moments in UTC, to the 100 nanoseconds of .NET and Active Directory, in the years 1 to 9999 of the Gregorian calendar.
 *
 * @module
 */
import { ExpressionError } from "./errors.ts";

/** `ticks` are 100 ns since 1970-01-01T00:00:00Z. */
export interface DateTime {
  readonly kind: "dateTime";
  readonly ticks: bigint;
}

/** A moment by the calendar; `weekday` counts from Sunday, 0. */
export interface CalendarFields {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** The part of the second, in ticks. */
  readonly fraction: number;
  readonly weekday: number;
}

export const TICKS_PER_SECOND = 10_000_000n;
const TICKS_PER_MILLISECOND = 10_000n;
const FIRST_TICK = BigInt(Date.parse("0001-01-01T00:00:00Z")) * TICKS_PER_MILLISECOND;
const LAST_TICK = (BigInt(Date.parse("9999-12-31T23:59:59Z")) + 1_000n) * TICKS_PER_MILLISECOND - 1n;

export function isDateTime(value: unknown): value is DateTime {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === "dateTime";
}

/** @throws ExpressionError `range` outside of the years 1 to 9999 */
export function fromTicks(ticks: bigint): DateTime {
  if (ticks < FIRST_TICK || ticks > LAST_TICK) {
    throw new ExpressionError("range", "A date lies outside of the years 1 to 9999.");
  }
  return { kind: "dateTime", ticks };
}

/** @throws ExpressionError `range` outside of the years 1 to 9999 */
export function fromDate(date: Date): DateTime {
  return fromTicks(BigInt(date.getTime()) * TICKS_PER_MILLISECOND);
}

/** The moment of these fields, read in UTC; `undefined` when the calendar has no such day or the clock no such time. */
export function fromCalendar(fields: Omit<CalendarFields, "weekday">): DateTime | undefined {
  const { year, month, day, hour, minute, second, fraction } = fields;
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysOfMonth(year, month)) return undefined;
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const date = new Date(0);
  // Date.UTC reads the years 0 to 99 as 1900 to 1999.
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second);
  return { kind: "dateTime", ticks: BigInt(date.getTime()) * TICKS_PER_MILLISECOND + BigInt(fraction) };
}

export function toCalendar({ ticks }: DateTime): CalendarFields {
  const fraction = ((ticks % TICKS_PER_SECOND) + TICKS_PER_SECOND) % TICKS_PER_SECOND;
  const date = new Date(Number((ticks - fraction) / TICKS_PER_MILLISECOND));
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    fraction: Number(fraction),
    weekday: date.getUTCDay(),
  };
}

export function daysOfMonth(year: number, month: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month, 0);
  return date.getUTCDate();
}

/** How a date becomes text where text is needed: `M/d/yyyy h:mm:ss tt`. */
export function formatInvariant(dateTime: DateTime): string {
  const { year, month, day, hour, minute, second } = toCalendar(dateTime);
  const [minutes, seconds] = [minute, second].map((part) => String(part).padStart(2, "0"));
  const date = `${month}/${day}/${String(year).padStart(4, "0")}`;
  return `${date} ${hour % 12 || 12}:${minutes}:${seconds} ${hour < 12 ? "AM" : "PM"}`;
}
