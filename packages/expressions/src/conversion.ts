/**
 * One type read as another, by the rules of the language. Null stays null; what cannot be read is an error that does
 * not say what the value was.
 *
 * @module
 */
import { parseDateTime } from "./date-parse.ts";
import { type DateTime, formatInvariant, isDateTime } from "./date-time.ts";
import { ExpressionError } from "./errors.ts";
import { isList, isStructure, type Scalar, type Structure, type Value, wholeNumber } from "./value.ts";

const WHOLE_NUMBER = /^\s*-?[0-9]{1,19}\s*$/;
const NUMBER = /^\s*-?[0-9]{1,19}(?:\.[0-9]{1,19})?\s*$/;

/** @throws ExpressionError `type` for several values, and for a structure */
export function toSingle(value: Value): Scalar | null {
  const single = isList(value) && value.length === 1 ? (value[0] ?? null) : value;
  if (isList(single)) {
    throw wrongType(
      "One value is needed here, and there are several.",
      "Take one with Item, or put them in one text with Join.",
    );
  }
  if (isStructure(single)) throw wrongType("A text or number is needed here, and this is an object.");
  return single;
}

/** Text as it is compared and sent: `True`, `False`, dates in UTC, numbers with all their digits. */
export function toText(value: Value): string | null {
  const single = toSingle(value);
  if (single === null || typeof single === "string") return single;
  if (typeof single === "boolean") return single ? "True" : "False";
  return isDateTime(single) ? formatInvariant(single) : String(single);
}

/** @throws ExpressionError `type` when there is no whole number to be read */
export function toInteger(value: Value): bigint | null {
  const single = toSingle(value);
  if (single === null || typeof single === "bigint") return single;
  if (typeof single === "number" && Number.isInteger(single)) return BigInt(single);
  if (typeof single === "string" && WHOLE_NUMBER.test(single)) return BigInt(single.trim());
  throw wrongType("A whole number is needed here.");
}

/** A number, or a text that is one; `undefined` for everything else. */
export function asNumber(value: Scalar | null): number | bigint | undefined {
  if (typeof value === "number" || typeof value === "bigint") return value;
  if (typeof value !== "string" || !NUMBER.test(value)) return undefined;
  return WHOLE_NUMBER.test(value) ? wholeNumber(BigInt(value.trim())) : Number(value);
}

/** Non-zero is true; of texts, numbers and the words `True` and `False` in any case can be read. */
export function toBoolean(value: Value): boolean | null {
  const single = toSingle(value);
  if (single === null || typeof single === "boolean") return single;
  const number = asNumber(single);
  if (number !== undefined) return Number(number) !== 0;
  const word = typeof single === "string" ? single.trim().toLowerCase() : "";
  if (word === "true" || word === "false") return word === "true";
  throw wrongType("True, False or a number is needed here.");
}

/** @throws ExpressionError `type` when there is no date to be read */
export function toDateTime(value: Value): DateTime | null {
  const single = toSingle(value);
  if (single === null || isDateTime(single)) return single;
  const dateTime = typeof single === "string" ? parseDateTime(single) : undefined;
  if (dateTime !== undefined) return dateTime;
  throw wrongType("A date is needed here.", "Read dates of other forms with FormatDateTime first.");
}

/** The values of an attribute, of which there may be none or one. */
export function toList(value: Value): readonly (Scalar | Structure)[] {
  if (value === null) return [];
  return isList(value) ? value : [value];
}

export function wrongType(message: string, hint?: string): ExpressionError {
  return new ExpressionError("type", message, { hint });
}
