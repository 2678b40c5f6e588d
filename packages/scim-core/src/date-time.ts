/**
 * `dateTime` values (RFC 7643 §2.3.5, XML Schema `xsd:dateTime`) as instants.
 *
 * @module
 */

const DATE_TIME = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(Z|[+-]\d{2}:\d{2})?$/i;

/**
 * Milliseconds since 1970, or undefined for what is no dateTime. A value without an offset is read as UTC.
 *
 * @param text a dateTime of XML Schema (RFC 7643 §2.3.5)
 * @example
 * parseInstant("2026-05-01T02:00:00+02:00") === parseInstant("2026-05-01T00:00:00.000Z"); // true
 */
export function parseInstant(text: string): number | undefined {
  const [, date, offset] = DATE_TIME.exec(text) ?? [];
  if (date === undefined || !isCalendarDate(date)) return undefined;
  const instant = Date.parse(`${text}${offset === undefined ? "Z" : ""}`.toUpperCase());
  return Number.isNaN(instant) ? undefined : instant;
}

/** JavaScript reads 30 February as 2 March. */
function isCalendarDate(date: string): boolean {
  const midnight = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(date);
}
