/**
 * Nothing is timed before both sides gave the same result: a faster wrong answer is no comparison.
 *
 * @module
 */
import { isDeepStrictEqual } from "node:util";

/** @throws {Error} naming what differs */
export function requireEqual(what: string, ours: unknown, reference: unknown): void {
  if (isEqual(ours, reference)) return;
  throw new Error(`${what}: the results differ.\n  ours:      ${shown(ours)}\n  reference: ${shown(reference)}`);
}

/** Equal as JSON: the order of names does not count, nor does what is there and says nothing. */
export function isEqual(ours: unknown, reference: unknown): boolean {
  return isDeepStrictEqual(meaning(ours), meaning(reference));
}

/** Without members that are undefined, null, or empty. */
function meaning(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(meaning);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [name, meaning(member)] as const);
  return Object.fromEntries(members.filter(([, member]) => saysSomething(member)));
}

function saysSomething(value: unknown): boolean {
  if (typeof value === "object" && value !== null) return Object.keys(value).length > 0;
  return value !== undefined && value !== null;
}

function shown(value: unknown): string {
  return (JSON.stringify(value) ?? "undefined").slice(0, 500);
}
