/**
 * Statements about answers. One that does not hold ends its case, with a sentence that names the request, what came back
 * and what was expected.
 *
 * @module
 */
import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { ERROR_URN } from "../../urn.ts";
import { readPath } from "../body-path.ts";
import type { JsonObject } from "../json.ts";
import { mismatches } from "../match.ts";
import type { Answer } from "./client.ts";

/** What a refusal must look like. */
export interface Refusal {
  readonly status: readonly number[];
  /** One of these, where RFC 7644 has a word for what is wrong. */
  readonly scimType?: readonly string[];
}

export function verify(holds: boolean, sentence: string): asserts holds {
  assert.ok(holds, sentence);
}

export function verifyEqual(what: string, actual: unknown, expected: unknown): void {
  verify(isDeepStrictEqual(actual, expected), `${what} is ${show(actual)}, expected ${show(expected)}.`);
}

export function verifyStatus(answer: Answer, ...status: readonly number[]): void {
  verify(
    status.includes(answer.status),
    `${answer.call} answered ${answer.status}, expected ${status.join(" or ")}. ${answer.text.slice(0, 300)}`,
  );
}

/** The client is told no, or is served; the service is never at fault. */
export function verifyNoFault(answer: Answer): void {
  verify(answer.status < 500, `${answer.call} answered ${answer.status}, a fault. ${answer.text.slice(0, 300)}`);
}

/** @param expected by path into the body, see `readPath`; values may be the matchers of transcripts */
export function verifyBody(what: string, body: JsonObject, expected: JsonObject): void {
  const wrong = Object.entries(expected).flatMap(([path, value]) => mismatches(value, readPath(body, path), path));
  verify(wrong.length === 0, `${what}: ${wrong.join(" ")}`);
}

/** RFC 7644 §3.12: the error schema, and the status as text. */
export function verifyRefusal(answer: Answer, { status, scimType }: Refusal): void {
  verifyStatus(answer, ...status);
  verifyErrorBody(answer);
  if (scimType === undefined) return;
  const given = answer.body.scimType;
  verify(
    typeof given === "string" && scimType.includes(given),
    `${answer.call} was refused with the scimType ${show(given)}, expected ${scimType.join(" or ")}.`,
  );
}

export function verifyErrorBody({ call, status, text, body }: Answer): void {
  const schemas = Array.isArray(body.schemas) ? body.schemas : [];
  verify(schemas.includes(ERROR_URN), `${call} answered ${status} without the error schema. ${text.slice(0, 300)}`);
  verifyEqual(`${call}: the member "status" of the error`, body.status, String(status));
}

export function header(answer: Answer, name: string): string {
  return answer.headers.get(name) ?? "";
}

function show(value: unknown): string {
  const text = value === undefined ? "missing" : JSON.stringify(value);
  return text.length <= 300 ? text : `${text.slice(0, 300)}…`;
}
