/**
 * Copies of plain data that nobody can change: what a caller does to a value before or after never reaches the store.
 *
 * @module
 */

/** As JSON would give it back: `undefined` members are dropped, and `__proto__` is a key like any other. */
export function frozenCopy<Value>(value: Value): Value {
  return copy(value) as Value;
}

function copy(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return Object.freeze(value.map(copy));
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.freeze(Object.fromEntries(members.map(([key, member]) => [key, copy(member)])));
}
