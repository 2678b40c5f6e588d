/**
 * Spans between dates, as Visual Basic counts them, which the language takes after: years and months by the calendar,
 * weeks from Sunday to Sunday, everything else by the time that has passed, rounded towards zero.
 *
 * @module
 */
import { type DateTime, daysOfMonth, fromCalendar, fromTicks, TICKS_PER_SECOND, toCalendar } from "./date-time.ts";
import { ExpressionError } from "./errors.ts";

/** Intervals of one length, in seconds. */
const SECONDS: ReadonlyMap<string, bigint> = new Map([
  ["s", 1n],
  ["n", 60n],
  ["h", 3_600n],
  ["d", 86_400n],
  ["ww", 604_800n],
]);

/** Intervals of the calendar, in months. */
const MONTHS: ReadonlyMap<string, number> = new Map([
  ["m", 1],
  ["yyyy", 12],
]);

/** Every interval that there is. */
export const INTERVALS: readonly string[] = [...MONTHS.keys(), ...[...SECONDS.keys()].toReversed()];

const FIRST_YEAR = 1;
const LAST_YEAR = 9999;

/**
 * The last day of a shorter month stands for a day that it does not have.
 *
 * @throws ExpressionError `range` for an unknown interval, or outside of the years 1 to 9999
 */
export function addInterval(interval: string, count: bigint, dateTime: DateTime): DateTime {
  const months = MONTHS.get(interval);
  if (months !== undefined) return addMonths(dateTime, count * BigInt(months));
  return fromTicks(dateTime.ticks + count * secondsOf(interval) * TICKS_PER_SECOND);
}

function addMonths(dateTime: DateTime, count: bigint): DateTime {
  const fields = toCalendar(dateTime);
  const months = BigInt(fields.year) * 12n + BigInt(fields.month - 1) + count;
  const year = Number(months / 12n);
  const month = Number(months % 12n) + 1;
  const moved =
    year < FIRST_YEAR || year > LAST_YEAR
      ? undefined
      : fromCalendar({ ...fields, year, month, day: Math.min(fields.day, daysOfMonth(year, month)) });
  if (moved === undefined) throw new ExpressionError("range", "A date lies outside of the years 1 to 9999.");
  return moved;
}

/**
 * How many intervals `to` is after `from`; negative when it is before.
 *
 * @throws ExpressionError `range` for an unknown interval
 */
export function countIntervals(interval: string, from: DateTime, to: DateTime): number {
  const months = MONTHS.get(interval);
  if (months !== undefined) return countCalendar(months, from, to);
  const seconds = secondsOf(interval);
  const [first, last] = interval === "ww" ? [sundayOf(from), sundayOf(to)] : [from, to];
  // Weeks are counted in whole days first, as Visual Basic does.
  const unit = interval === "ww" ? secondsOf("d") : seconds;
  return Number((last.ticks - first.ticks) / (unit * TICKS_PER_SECOND) / (seconds / unit));
}

function countCalendar(months: number, from: DateTime, to: DateTime): number {
  const [first, last] = [toCalendar(from), toCalendar(to)];
  const years = last.year - first.year;
  return months === 1 ? years * 12 + last.month - first.month : years;
}

/** The same time on the Sunday before, or that day. It is not looked at by itself, so year 0 does no harm. */
function sundayOf(dateTime: DateTime): DateTime {
  const days = BigInt(toCalendar(dateTime).weekday);
  return { ...dateTime, ticks: dateTime.ticks - days * secondsOf("d") * TICKS_PER_SECOND };
}

function secondsOf(interval: string): bigint {
  const seconds = SECONDS.get(interval);
  if (seconds !== undefined) return seconds;
  throw new ExpressionError("range", "There is no such interval.", { hint: `Take one of ${INTERVALS.join(", ")}.` });
}
