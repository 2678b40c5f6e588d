/**
 * The types of the language, and the way in and out: attributes become values, values become answers.
 *
 * @module
 */
import type { AttributeValue, ExpressionValue } from "./context.ts";
import { type DateTime, formatInvariant, fromDate, isDateTime } from "./date-time.ts";

/** A whole number is a `bigint` only beyond 2^53; see `wholeNumber`. */
export type Scalar = string | number | bigint | boolean | DateTime;

/** Several single values under one name, such as an app role assignment. */
export interface Structure {
  readonly kind: "structure";
  readonly fields: ReadonlyMap<string, Scalar>;
}

export type Value = null | Scalar | Structure | readonly (Scalar | Structure)[];

/** Arrays are told apart here, because `Array.isArray` alone does not narrow read-only ones. */
export function isList(value: Value): value is readonly (Scalar | Structure)[] {
  return Array.isArray(value);
}

export function isStructure(value: Value): value is Structure {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === "structure";
}

/** The one form of a whole number: exact at any size, and a plain `number` wherever that is exact. */
export function wholeNumber(value: bigint): number | bigint {
  const plain = Number(value);
  return Number.isSafeInteger(plain) ? plain : value;
}

/** An attribute as a value. Absent, empty of values and unreadable are all null. */
export function readAttribute(value: AttributeValue): Value {
  if (!Array.isArray(value)) return readSingle(value);
  const values = value.map(readSingle).filter((single) => single !== null);
  return values.length === 0 ? null : values;
}

function readSingle(value: unknown): Scalar | Structure | null {
  const scalar = readScalar(value);
  if (scalar !== null || !isPlainObject(value)) return scalar;
  const fields = Object.entries(value).flatMap(([name, field]): [string, Scalar][] => {
    const single = readScalar(field);
    return single === null ? [] : [[name, single]];
  });
  return { kind: "structure", fields: new Map(fields) };
}

/** What is no date, not even an invalid one, and no list in a list. */
function isPlainObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

function readScalar(value: unknown): Scalar | null {
  switch (typeof value) {
    case "string":
    case "boolean":
      return value;
    case "number":
      return Number.isFinite(value) ? value : null;
    case "bigint":
      return wholeNumber(value);
    default:
      return value instanceof Date && !Number.isNaN(value.getTime()) ? fromDate(value) : null;
  }
}

/** A value as the caller gets it: nothing that JSON could not hold. */
export function exposeValue(value: Value): ExpressionValue {
  if (value === null) return null;
  return isList(value) ? value.map(exposeSingle) : exposeSingle(value);
}

function exposeSingle(value: Scalar | Structure): ExpressionValue {
  if (typeof value === "bigint") return value.toString();
  if (typeof value !== "object") return value;
  if (isDateTime(value)) return formatInvariant(value);
  return Object.fromEntries(Array.from(value.fields, ([name, field]) => [name, exposeSingle(field)]));
}
