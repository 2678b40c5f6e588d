/**
 * Instants as SAML writes them (SAML Core §1.3.3), and comparing them under a clock difference. Whatever is no number
 * counts as refused.
 *
 * @module
 */
import { SamlError } from "./errors.ts";

/** What time it is, give or take. */
export interface Clock {
  readonly now: Date;
  readonly skewMs: number;
}

const DEFAULT_SKEW_SECONDS = 60;

/** The tolerated clock difference of the settings; a minute when they have none. */
export function skewMsOf({
  clockSkewSeconds = DEFAULT_SKEW_SECONDS,
}: {
  readonly clockSkewSeconds?: number | undefined;
}): number {
  return clockSkewSeconds * 1000;
}

/** UTC with a "Z", the only form that SAML allows; fractions beyond a millisecond are dropped. */
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,12})?Z$/;
const SECONDS_LENGTH = "2026-01-01T00:00:00".length;

/** @throws {SamlError} `instant_invalid` */
export function readInstant(text: string): Date {
  const instant = new Date(INSTANT.test(text) ? text : Number.NaN);
  // A 30th of February would become the 2nd of March.
  const exists = !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text.slice(0, SECONDS_LENGTH));
  if (exists) return instant;
  throw new SamlError("instant_invalid", "The response holds a time that is not a UTC instant.");
}

/** True for an instant that is still to come, the clock difference in doubt for us. */
export function isInFuture(instant: Date, { now, skewMs }: Clock): boolean {
  return !(instant.getTime() <= now.getTime() + skewMs);
}

/** True for a `NotOnOrAfter` that has been reached. */
export function isOver(notOnOrAfter: Date, { now, skewMs }: Clock): boolean {
  return !(notOnOrAfter.getTime() > now.getTime() - skewMs);
}
