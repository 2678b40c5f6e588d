/**
 * Arguments as functions need them. One that was left out reads as null.
 *
 * @module
 */
import { toInteger, toText, wrongType } from "../conversion.ts";
import { ExpressionError } from "../errors.ts";
import type { Value } from "../value.ts";
import type { Argument } from "./definition.ts";

export function argumentValue(arg: Argument): Value {
  return arg === undefined ? null : arg();
}

export function textOf(arg: Argument): string | null {
  return toText(argumentValue(arg));
}

/** @throws ExpressionError `type` when there is none */
export function integerOf(arg: Argument): bigint {
  const integer = toInteger(argumentValue(arg));
  if (integer === null) throw wrongType("A whole number is needed here, and there is no value.");
  return integer;
}

/** A position or length: exact as far as any text or list is long, and beyond that just far away. */
export function positionOf(arg: Argument): number {
  return Number(integerOf(arg));
}

/**
 * One of the words of an enumerator; the first when it is left out.
 *
 * @throws ExpressionError `range` for any other
 */
export function wordOf<Word extends string>(arg: Argument, words: readonly [Word, ...Word[]]): Word {
  const written = textOf(arg);
  const word = written === null ? words[0] : words.find((one) => one === written);
  if (word === undefined) throw new ExpressionError("range", `Only ${words.join(", ")} can stand here.`);
  return word;
}

/** What becomes of the text of an argument; null stays null. */
export function mapText<Result>(arg: Argument, change: (text: string) => Result): Result | null {
  const text = textOf(arg);
  return text === null ? null : change(text);
}
