/**
 * What an operation changed, for events and for the audit log.
 *
 * @module
 */
import type { Change } from "../events.ts";

/** The fields whose values differ, compared as JSON. */
export function differences<Fields extends object>(
  before: Fields,
  after: Fields,
  fields: readonly (keyof Fields & string)[],
): readonly Change[] {
  return fields
    .map((path) => ({ path, from: before[path], to: after[path] }))
    .filter(({ from, to }) => JSON.stringify(from) !== JSON.stringify(to));
}

/** The two sides of an audit entry: what the fields were, what they are. */
export function auditSides(changes: readonly Change[]): { readonly before: object; readonly after: object } {
  return {
    before: Object.fromEntries(changes.map(({ path, from }) => [path, from])),
    after: Object.fromEntries(changes.map(({ path, to }) => [path, to])),
  };
}
