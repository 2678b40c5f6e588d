/**
 * How values become keys of a map.
 *
 * @module
 */

/** Every row of an owner, in order of id, is found by `ALL` in such an index. */
export const ALL = "";

export const everyRow = (): readonly string[] => [ALL];

/** One key of several parts; no part can imitate a border. */
export function compositeKey(...parts: readonly string[]): string {
  return JSON.stringify(parts);
}

/** Comparison without case, the same on every store: JavaScript's lower case, whatever a database thinks of it. */
export function fold(text: string): string {
  return text.toLowerCase();
}

/** The value, when there is one. */
export function present(value: string | null): readonly string[] {
  return value === null ? [] : [value];
}
