/**
 * Lengths of time as metadata writes them (XML Schema Part 2 §3.2.6).
 *
 * @module
 */

const DURATION =
  /^P(?:(\d{1,6})Y)?(?:(\d{1,6})M)?(?:(\d{1,6})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})(?:\.\d{1,9})?S)?)?$/;
const DAY = 86_400;
const SECONDS = [365 * DAY, 30 * DAY, DAY, 3_600, 60, 1] as const;

/** @returns whole seconds, a month as 30 days; undefined for what is no duration, or none that goes forward */
export function readDuration(text: string): number | undefined {
  const [, ...counts] = DURATION.exec(text) ?? [];
  const seconds = SECONDS.reduce((total, unit, index) => total + unit * Number(counts[index] ?? 0), 0);
  return seconds > 0 ? seconds : undefined;
}
