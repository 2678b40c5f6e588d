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
  return Object.freeze(copyMembers(value as Readonly<Record<string, unknown>>));
}

/** Assigned one by one: a good part of every write is spent here. */
function copyMembers(members: Readonly<Record<string, unknown>>): object {
  const copied: Record<string, unknown> = {};
  for (const name of Object.keys(members)) {
    const member = members[name];
    if (member === undefined) continue;
    if (name === "__proto__") Object.defineProperty(copied, name, { value: copy(member), enumerable: true });
    else copied[name] = copy(member);
  }
  return copied;
}
