/**
 * Recorded traffic of an identity provider as data: the requests in order, and what each answer must contain.
 *
 * @module
 */
import { isJsonObject, type Json, type JsonObject } from "./json.ts";

/** One life of a connection as one identity provider drives it, against a server without any data. */
export interface Transcript {
  /** The client that is imitated. */
  readonly idp: string;
  readonly variant: string;
  /** Variables at the start; `baseUrl`, `token` and whatever steps save come on top. */
  readonly vars: Readonly<Record<string, string>>;
  /** The extensions that the server must have registered on User, as text for the reader. */
  readonly requiredExtensions: readonly string[];
  readonly steps: readonly TranscriptStep[];
}

export interface TranscriptStep {
  /** Unique in the transcript. */
  readonly name: string;
  readonly request: TranscriptRequest;
  readonly expect: TranscriptExpectation;
  /** Variable to path in the answer's body. */
  readonly save: Readonly<Record<string, string>>;
  /** A shape that few clients send: reported, but no reason to fail the transcript. */
  readonly optional: boolean;
}

export interface TranscriptRequest {
  readonly method: string;
  /** Below the SCIM base URL, percent-encoded, with its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Absent for a request without a body; null is a body. */
  readonly body?: Json;
}

export interface TranscriptExpectation {
  /** One of these. */
  readonly status: readonly number[];
  /** Header name to a regular expression without case; a missing header counts as the empty string. */
  readonly headers: Readonly<Record<string, string>>;
  /** Matches in part: what is here must be there. */
  readonly body?: Json;
  /** Path to an expected value or matcher. */
  readonly bodyPaths: JsonObject;
}

/**
 * Checks a parsed transcript file.
 *
 * @param json what `JSON.parse` made of the file
 * @throws {TypeError} when the file is no transcript, naming the place
 * @example
 * const transcript = readTranscript(JSON.parse(await readFile("entra.json", "utf8")));
 */
export function readTranscript(json: unknown): Transcript {
  const file = objectAt(json, "transcript");
  const requires = objectAt(file.requires ?? {}, "requires");
  const steps = listAt(file.steps, "steps").map(readStep);
  const repeated = steps.find((step, index) => steps.findIndex(({ name }) => name === step.name) !== index);
  if (repeated !== undefined) throw new TypeError(`Two steps have the name "${repeated.name}".`);
  return {
    idp: textAt(file.idp, "idp"),
    variant: textAt(file.variant, "variant"),
    vars: textsAt(file.vars ?? {}, "vars"),
    requiredExtensions: listAt(requires.extensions ?? [], "requires.extensions").map((item) =>
      textAt(item, "requires.extensions"),
    ),
    steps,
  };
}

function readStep(json: Json, index: number): TranscriptStep {
  const at = `steps.${index}`;
  const step = objectAt(json, at);
  return {
    name: textAt(step.name, `${at}.name`),
    request: readRequest(objectAt(step.request, `${at}.request`), `${at}.request`),
    expect: readExpectation(objectAt(step.expect, `${at}.expect`), `${at}.expect`),
    save: textsAt(step.save ?? {}, `${at}.save`),
    optional: step.optional === true,
  };
}

function readRequest(request: JsonObject, at: string): TranscriptRequest {
  return {
    method: textAt(request.method, `${at}.method`),
    path: textAt(request.path, `${at}.path`),
    headers: textsAt(request.headers ?? {}, `${at}.headers`),
    ...(request.body === undefined ? {} : { body: request.body }),
  };
}

function readExpectation(expect: JsonObject, at: string): TranscriptExpectation {
  const bodyPaths = objectAt(expect.bodyPaths ?? {}, `${at}.bodyPaths`);
  return {
    status: listAt(expect.status, `${at}.status`).map((item) => numberAt(item, `${at}.status`)),
    headers: textsAt(expect.headers ?? {}, `${at}.headers`),
    ...(expect.body === undefined ? {} : { body: expect.body }),
    bodyPaths,
  };
}

function objectAt(value: unknown, at: string): JsonObject {
  if (isJsonObject(value)) return value;
  throw new TypeError(`${at} must be an object.`);
}

function listAt(value: Json | undefined, at: string): readonly Json[] {
  if (Array.isArray(value)) return value;
  throw new TypeError(`${at} must be an array.`);
}

function textAt(value: Json | undefined, at: string): string {
  if (typeof value === "string") return value;
  throw new TypeError(`${at} must be a string.`);
}

function numberAt(value: Json | undefined, at: string): number {
  if (typeof value === "number") return value;
  throw new TypeError(`${at} must hold numbers.`);
}

function textsAt(value: Json | undefined, at: string): Readonly<Record<string, string>> {
  const entries = Object.entries(objectAt(value, at));
  return Object.fromEntries(entries.map(([name, text]) => [name, textAt(text, `${at}.${name}`)]));
}
