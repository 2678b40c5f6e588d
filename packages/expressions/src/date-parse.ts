/**
 * Dates as directories and HR systems write them. Without an offset they are UTC.
 *
 * @module
 */
import { type DateTime, fromCalendar, fromTicks, TICKS_PER_SECOND } from "./date-time.ts";

const CLOCK = String.raw`(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:\.(?<fraction>\d{1,7}))?)?`;
const ZONE = String.raw`(?<zone>Z|[+-]\d{2}:?\d{2})?`;
const ISO = new RegExp(
  String.raw`^(?<year>\d{4})[-/](?<month>\d{1,2})[-/](?<day>\d{1,2})(?:[T ]${CLOCK})?\s?${ZONE}$`,
  "i",
);
const MONTH_FIRST = new RegExp(
  String.raw`^(?<month>\d{1,2})/(?<day>\d{1,2})/(?<year>\d{4})(?: ${CLOCK}(?: (?<half>AM|PM))?)?\s?${ZONE}$`,
  "i",
);
const MAX_LENGTH = 64;

/** ISO 8601, with or without time and offset, or `M/d/yyyy h:mm:ss tt`; `undefined` for everything else. */
export function parseDateTime(text: string): DateTime | undefined {
  const trimmed = text.length <= MAX_LENGTH ? text.trim() : "";
  const groups = (ISO.exec(trimmed) ?? MONTH_FIRST.exec(trimmed))?.groups;
  if (groups === undefined) return undefined;
  const hour = hourOfDay(Number(groups.hour ?? 0), groups.half?.toUpperCase());
  if (hour === undefined) return undefined;
  const local = fromCalendar({
    year: Number(groups.year),
    month: Number(groups.month),
    day: Number(groups.day),
    hour,
    minute: Number(groups.minute ?? 0),
    second: Number(groups.second ?? 0),
    fraction: Number((groups.fraction ?? "").padEnd(7, "0")),
  });
  return local === undefined ? undefined : atOffset(local, offsetMinutes(groups.zone));
}

/** The hour from 0 to 23 of an hour from 1 to 12 in one half of the day; as it is without a half. */
export function hourOfDay(hour: number, half: string | undefined): number | undefined {
  if (half === undefined) return hour;
  if (hour < 1 || hour > 12) return undefined;
  return (hour % 12) + (half === "PM" ? 12 : 0);
}

/** Minutes east of Greenwich; `undefined` when no place on earth is so far. */
export function offsetMinutes(zone: string | undefined): number | undefined {
  if (zone === undefined || zone.toUpperCase() === "Z") return 0;
  const [hours = "0", minutes = zone.length > 3 ? zone.slice(-2) : "0"] = zone.slice(1).split(":");
  const total = Number(hours.slice(0, 2)) * 60 + Number(minutes);
  if (Number(minutes) > 59 || total > 14 * 60) return undefined;
  return zone.startsWith("-") ? -total : total;
}

/** The moment at which clocks at this offset show what `local` shows in UTC. */
export function atOffset(local: DateTime, minutes: number | undefined): DateTime | undefined {
  return minutes === undefined ? undefined : fromTicks(local.ticks - BigInt(minutes) * 60n * TICKS_PER_SECOND);
}
