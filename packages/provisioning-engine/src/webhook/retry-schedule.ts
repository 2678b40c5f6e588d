/**
 * When a delivery is tried again: ten attempts over about 75 hours, spread a little, so that a receiver that comes back is
 * not met by all at once.
 *
 * @module
 */

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** Seconds after the first attempt, the second, and so on. */
export const RETRY_PAUSES: readonly number[] = [
  5,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];

const JITTER = 0.1;
const LONGEST_RETRY_AFTER = 24 * HOUR;

/**
 * @param attempts made so far
 * @param random 0 to 1
 * @param retryAfter seconds that the receiver asked for
 * @returns seconds; undefined when it is given up
 */
export function pauseAfter(attempts: number, random: number, retryAfter = 0): number | undefined {
  const pause = RETRY_PAUSES[attempts - 1];
  if (pause === undefined) return undefined;
  const spread = pause * (1 - JITTER + 2 * JITTER * random);
  return Math.max(spread, Math.min(retryAfter, LONGEST_RETRY_AFTER));
}

/**
 * Seconds of a header `Retry-After` (RFC 9110 §10.2.3), of an answer that says "later".
 *
 * @returns 0 for any other answer
 */
export function retryAfterSeconds(status: number, header: string | null, now: Date): number {
  if ((status !== 429 && status !== 503) || header === null) return 0;
  if (/^\d{1,9}$/.test(header)) return Number(header);
  const date = Date.parse(header);
  return Number.isNaN(date) ? 0 : Math.max(0, (date - now.getTime()) / 1000);
}
