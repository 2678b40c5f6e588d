/**
 * Whether a value is JSON of a modest size: what a store can keep as it is, and give back the same.
 *
 * @module
 */

const MAX_DEPTH = 16;
const MAX_CHARACTERS = 64 * 1024;

/** True for values without functions, instances, cycles and `__proto__`, at most 16 levels deep and 64 KiB long. */
export function isPlainJson(value: unknown): boolean {
  return hasPlainShape(value, MAX_DEPTH) && JSON.stringify(value).length <= MAX_CHARACTERS;
}

function hasPlainShape(value: unknown, depth: number): boolean {
  if (value === null || typeof value === "string" || typeof value === "boolean") return true;
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object" || depth === 0) return false;
  if (Array.isArray(value)) return value.every((item) => hasPlainShape(item, depth - 1));
  if (!isPlainObject(value)) return false;
  return Object.entries(value).every(([name, item]) => name !== "__proto__" && hasPlainShape(item, depth - 1));
}

function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
