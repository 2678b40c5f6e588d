/**
 * What a single value of each type may look like (RFC 7643 §2.3), strictly. Tolerance is the business of
 * `value-dialects`.
 *
 * @module
 */
import type { Attribute, AttributeType } from "./attribute.ts";
import { parseInstant } from "./date-time.ts";
import { isStorableText } from "./storable-text.ts";

/** For each simple type: its name in an error text, and its test. */
const SCALARS: Readonly<Record<Exclude<AttributeType, "complex">, Scalar>> = {
  string: { expected: "a string without NUL and lone surrogates", accepts: isText },
  boolean: { expected: "a boolean", accepts: (value) => typeof value === "boolean" },
  // Beyond 2^53 JSON numbers are rounded before anybody can look at them (J33).
  integer: { expected: "an integer within ±(2^53 - 1)", accepts: Number.isSafeInteger },
  decimal: { expected: "a number that can be kept exactly", accepts: isKeptExactly },
  dateTime: {
    expected: "a date and time such as 2026-05-01T00:00:00Z",
    accepts: (value) => typeof value === "string" && parseInstant(value) !== undefined,
  },
  binary: { expected: "base64", accepts: (value) => typeof value === "string" && isBase64(value) },
  reference: { expected: "a URI", accepts: (value) => isText(value) && isReference(value) },
};

interface Scalar {
  readonly expected: string;
  accepts(value: unknown): boolean;
}

/** A value of the attribute's simple type, or undefined when it is of another. */
export function acceptScalar(value: unknown, { type }: Attribute): string | number | boolean | undefined {
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") return undefined;
  return type !== "complex" && SCALARS[type].accepts(value) ? value : undefined;
}

/** What the attribute wants, for an error text. */
export function expectedScalar({ type }: Attribute): string {
  return type === "complex" ? "an object" : SCALARS[type].expected;
}

function isText(value: unknown): value is string {
  return typeof value === "string" && isStorableText(value);
}

function isKeptExactly(value: unknown): boolean {
  return (
    typeof value === "number" && Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value))
  );
}

const BASE64 = /^[A-Za-z0-9+/_-]*={0,2}$/;

/** RFC 7643 §2.3.6: either alphabet of RFC 4648; padding, where it is written, must be right. */
function isBase64(text: string): boolean {
  if (!BASE64.test(text)) return false;
  return text.endsWith("=") ? text.length % 4 === 0 : text.length % 4 !== 1;
}

/** Absolute or relative (RFC 7643 §2.3.7), without characters that no URI has and schemes that run code in a browser. */
function isReference(text: string): boolean {
  return !/[\s<>"\\^`{|}]/.test(text) && !/^(?:javascript|vbscript):/i.test(text);
}
