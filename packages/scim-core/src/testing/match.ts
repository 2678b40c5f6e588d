/**
 * Whether an answer contains what a transcript expects.
 *
 * @module
 */
import { isJsonObject, type Json, type JsonObject, member } from "./json.ts";

const MATCHERS: Readonly<Record<string, (actual: Json | undefined, operand: Json) => boolean>> = {
  $present: (actual) => actual !== undefined && actual !== null && actual !== "",
  $absent: (actual) => actual === undefined || actual === null,
  $absentOrEmpty: isEmpty,
  $type: (actual, operand) => typeof actual === operand,
  $length: (actual, operand) => (actual === undefined ? 0 : lengthOf(actual)) === operand,
  $regex: (actual, operand) => typeof actual === "string" && new RegExp(String(operand)).test(actual),
};

/**
 * A partial deep match: members must match, an expected element must match some element, scalars are compared strictly.
 * Objects with a name such as `$length` are matchers.
 *
 * @param at where `actual` was found, for the sentences
 * @returns one sentence per mismatch
 */
export function mismatches(expected: Json, actual: Json | undefined, at: string): readonly string[] {
  if (isJsonObject(expected)) return isMatcher(expected) ? failed(expected, actual, at) : members(expected, actual, at);
  if (Array.isArray(expected)) return elements(expected, actual, at);
  return expected === actual ? [] : [`${at} is ${show(actual)}, expected ${show(expected)}.`];
}

function isMatcher(expected: JsonObject): boolean {
  const names = Object.keys(expected);
  return names.length > 0 && names.every((name) => Object.hasOwn(MATCHERS, name));
}

function failed(expected: JsonObject, actual: Json | undefined, at: string): readonly string[] {
  return Object.entries(expected)
    .filter(([name, operand]) => !MATCHERS[name]?.(actual, operand))
    .map(([name, operand]) => `${at} is ${show(actual)}, expected ${name} ${show(operand)}.`);
}

function members(expected: JsonObject, actual: Json | undefined, at: string): readonly string[] {
  if (!isJsonObject(actual)) return [`${at} is ${show(actual)}, expected an object.`];
  return Object.entries(expected).flatMap(([name, value]) => mismatches(value, member(actual, name), `${at}.${name}`));
}

function elements(expected: readonly Json[], actual: Json | undefined, at: string): readonly string[] {
  if (!Array.isArray(actual)) return [`${at} is ${show(actual)}, expected an array.`];
  return expected
    .filter((element) => !actual.some((candidate: Json) => mismatches(element, candidate, at).length === 0))
    .map((element) => `${at} has no element that matches ${show(element)}.`);
}

function isEmpty(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === "") return true;
  if (Array.isArray(value)) return value.length === 0;
  return isJsonObject(value) && Object.values(value).every(isEmpty);
}

function lengthOf(value: Json): number | undefined {
  return Array.isArray(value) ? value.length : undefined;
}

/** Long values are cut: a mismatch is read by a person. */
function show(value: Json | undefined): string {
  const text = value === undefined ? "missing" : JSON.stringify(value);
  return text.length <= 200 ? text : `${text.slice(0, 200)}…`;
}
