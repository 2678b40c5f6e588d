/**
 * How error texts name attributes and quote what a client sent: for an IT admin, and never at length.
 *
 * @module
 */
import type { Attribute } from "./attribute.ts";
import type { Urn } from "./urn.ts";

const LONGEST_QUOTE = 100;

/** `isTeamAccount (urn:…)`, `name.familyName`. */
export function describeAttribute(extension: Urn | undefined, attribute: Attribute, subAttribute?: Attribute): string {
  const name = subAttribute === undefined ? attribute.name : `${attribute.name}.${subAttribute.name}`;
  return extension === undefined ? name : `${name} (${extension})`;
}

/** Text of a client in quotes; what is longer than 100 characters is only measured. */
export function describeText(text: string): string {
  return text.length > LONGEST_QUOTE ? `a text of ${text.length} characters` : JSON.stringify(text);
}

/** Any JSON value of a client, as an error text may quote it. */
export function describeValue(value: unknown): string {
  if (typeof value === "string") return describeText(value);
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === "object" && value !== null) return "an object";
  return String(value);
}

/** A name of a client, cut to what a log line can take. */
export function shorten(text: string): string {
  return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
}
