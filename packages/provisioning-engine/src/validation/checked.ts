/**
 * Parsing at the edge: a value of a known shape, or one error that names everything that is wrong with it. Values are
 * never repeated in the error: they may be secrets.
 *
 * @module
 */
import { ProvisioningError } from "../errors.ts";
import { didYouMean } from "./did-you-mean.ts";
import { knownKeys } from "./known-keys.ts";
import type { z } from "./zod.ts";

/** One thing that is wrong. */
export interface FieldProblem {
  /** Dotted; empty for the whole. */
  readonly path: string;
  readonly message: string;
}

const MOST_PROBLEMS = 20;
const LONGEST_KEY = 60;

/**
 * @param shape what is expected
 * @param input what came
 * @throws {ProvisioningError} `invalid_request`; `facts.problems` lists every problem
 */
export function checked<Value>(shape: z.ZodType<Value>, input: unknown): Value {
  const result = shape.safeParse(input);
  if (result.success) return result.data;
  const problems = fieldProblems(shape, result.error).slice(0, MOST_PROBLEMS);
  throw new ProvisioningError("invalid_request", problems.map(sentence).join(" "), { facts: { problems } });
}

function fieldProblems(shape: z.ZodType, { issues }: z.ZodError): readonly FieldProblem[] {
  return issues.flatMap((issue) => {
    if (issue.code !== "unrecognized_keys") return [{ path: pathText(issue.path), message: issue.message }];
    const known = knownKeys(shape, issue.path);
    return issue.keys.map((key) => ({
      path: pathText([...issue.path, key.slice(0, LONGEST_KEY)]),
      message: unknownField(key, known),
    }));
  });
}

/** @param path of keys and indexes */
export function pathText(path: readonly PropertyKey[]): string {
  return path.map(String).join(".");
}

function unknownField(key: string, known: readonly string[]): string {
  const meant = didYouMean(key, known);
  return meant === undefined
    ? `There is no such field. Known are ${known.join(", ")}.`
    : `There is no such field. Did you mean "${meant}"?`;
}

function sentence({ path, message }: FieldProblem): string {
  const end = /[.?!]$/.test(message) ? "" : ".";
  return path === "" ? `${message}${end}` : `${path}: ${message}${end}`;
}
