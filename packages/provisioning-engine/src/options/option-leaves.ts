/**
 * The leaves of the options' shape: what a value must be, what it is expected to be, and how to put it right.
 *
 * @module
 */
import { z } from "../validation/zod.ts";

interface Advice {
  readonly expected: string;
  readonly fix: string;
}

/** A leaf: anything that passes. */
export function option(passes: (value: unknown) => boolean, advice: Advice): z.ZodType<unknown> {
  return z.unknown().refine((value) => passes(value), { params: { ...advice } });
}

export function optional(passes: (value: unknown) => boolean, advice: Advice): z.ZodType<unknown> {
  return option((value) => value === undefined || passes(value), advice).optional();
}

export function isFunction(value: unknown): boolean {
  return typeof value === "function";
}

export function hasFunctions(...names: readonly string[]): (value: unknown) => boolean {
  return (value) => isObject(value) && names.every((name) => isFunction(value[name]));
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

export function isText(value: unknown): value is string {
  return typeof value === "string";
}

/** True, false or left out. */
export function flagOption(fix: string): z.ZodType<unknown> {
  return optional((value) => typeof value === "boolean", { expected: "true or false", fix });
}

/** As the host of an address reads back, so that comparing is enough; a pattern would never be met. */
function isHost(value: unknown): boolean {
  if (!isText(value) || value.includes("*") || !URL.canParse(`https://${value}`)) return false;
  return new URL(`https://${value}`).host === value;
}

export const HOSTS: z.ZodType<unknown> = option((value) => Array.isArray(value) && value.every(isHost), {
  expected: "a list of hosts in lower case, without scheme and path",
  fix: 'Write for example ["login.microsoftonline.com"].',
});

export const FETCH: z.ZodType<unknown> = optional(isFunction, {
  expected: "a function from an address to a Response, such as fetch",
  fix: "Leave it out for the global fetch.",
});
