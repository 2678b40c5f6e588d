/**
 * Plays a transcript against a server, over fetch.
 *
 * @module
 */
import { readPath } from "./body-path.ts";
import type { Json } from "./json.ts";
import { mismatches } from "./match.ts";
import type { Transcript, TranscriptStep } from "./transcript.ts";
import { fillJson, fillText, type Variables } from "./variables.ts";

export interface ReplayOptions {
  readonly transcript: Transcript;
  /** The SCIM base URL of a connection without any data, with the transcript's extensions registered. */
  readonly baseUrl: string;
  readonly token: string;
  /** The global `fetch` when absent. */
  readonly fetch?: ((request: Request) => Promise<Response>) | undefined;
  /** Names of the steps to play; all when absent. A step needs those before it that save what it uses. */
  readonly only?: readonly string[] | undefined;
}

export interface StepResult {
  readonly name: string;
  readonly optional: boolean;
  /** What differs from what was expected, a sentence each; empty when the step passed. */
  readonly failures: readonly string[];
}

/**
 * Plays the steps in order. A failed step does not stop the rest, but what it should have saved is missing then: read
 * the first failure first.
 *
 * @param options the transcript, and where to play it
 * @returns one result per played step
 * @example
 * const results = await replayTranscript({ transcript, baseUrl: "http://127.0.0.1:3000/scim/v2/1", token });
 * const failed = results.filter(({ failures, optional }) => failures.length > 0 && !optional);
 */
export async function replayTranscript(options: ReplayOptions): Promise<readonly StepResult[]> {
  const { transcript, baseUrl, token, only } = options;
  const variables = new Map([...Object.entries(transcript.vars), ["baseUrl", baseUrl], ["token", token]]);
  const results: StepResult[] = [];
  for (const step of transcript.steps) {
    if (only !== undefined && !only.includes(step.name)) continue;
    const { failures, saved } = await play(step, variables, options);
    for (const [name, value] of saved) variables.set(name, value);
    results.push({ name: step.name, optional: step.optional, failures });
  }
  return results;
}

interface Outcome {
  readonly failures: readonly string[];
  readonly saved: ReadonlyMap<string, string>;
}

async function play(step: TranscriptStep, variables: Variables, options: ReplayOptions): Promise<Outcome> {
  const send = options.fetch ?? ((request: Request) => fetch(request));
  try {
    const response = await send(toRequest(step, variables, options.baseUrl));
    return await judge(step, response, variables);
  } catch (error) {
    return { failures: [`No answer: ${String(error)}`], saved: new Map() };
  }
}

function toRequest({ request }: TranscriptStep, variables: Variables, baseUrl: string): Request {
  const hasBody = request.body !== undefined;
  const headers = new Headers({
    authorization: fillText("Bearer {{token}}", variables),
    accept: "application/scim+json",
    ...(hasBody ? { "content-type": "application/scim+json" } : {}),
  });
  for (const [name, value] of Object.entries(request.headers)) headers.set(name, fillText(value, variables));
  return new Request(baseUrl + fillText(request.path, variables), {
    method: request.method,
    headers,
    ...(request.body === undefined ? {} : { body: JSON.stringify(fillJson(request.body, variables)) }),
  });
}

async function judge(step: TranscriptStep, response: Response, variables: Variables): Promise<Outcome> {
  const text = await response.text();
  const { status } = step.expect;
  if (!status.includes(response.status)) {
    const failure = `The status is ${response.status}, expected ${status.join(" or ")}. ${text.slice(0, 500)}`;
    return { failures: [failure], saved: new Map() };
  }
  const body = parse(text);
  const failures = [...headerFailures(step, response, variables), ...bodyFailures(step, body, variables)];
  return save(step, body, failures);
}

/** Undefined for an answer without a body. Anything but JSON matches no expectation, and shows in the failure. */
function parse(text: string): Json | undefined {
  if (text === "") return undefined;
  try {
    const json: Json = JSON.parse(text);
    return json;
  } catch {
    return text;
  }
}

function headerFailures({ expect }: TranscriptStep, response: Response, variables: Variables): readonly string[] {
  return Object.entries(expect.headers)
    .map(([name, pattern]) => ({
      name,
      pattern: fillText(pattern, variables),
      value: response.headers.get(name) ?? "",
    }))
    .filter(({ pattern, value }) => !new RegExp(pattern, "i").test(value))
    .map(({ name, pattern, value }) => `The header ${name} is "${value}", expected /${pattern}/i.`);
}

/** An answer may leave its body out where the status allows it: a later GET proves the effect. */
function bodyFailures({ expect }: TranscriptStep, body: Json | undefined, variables: Variables): readonly string[] {
  if (body === undefined) return [];
  const whole = expect.body === undefined ? [] : mismatches(fillJson(expect.body, variables), body, "body");
  const parts = Object.entries(expect.bodyPaths).flatMap(([path, expected]) => {
    const at = fillText(path, variables);
    return mismatches(fillJson(expected, variables), readPath(body, at), at);
  });
  return [...whole, ...parts];
}

function save(step: TranscriptStep, body: Json | undefined, failures: readonly string[]): Outcome {
  const saved = new Map<string, string>();
  const missing: string[] = [];
  for (const [variable, path] of Object.entries(step.save)) {
    const value = body === undefined ? undefined : readPath(body, path);
    if (typeof value === "string") saved.set(variable, value);
    else missing.push(`The answer has no text at ${path} to save as ${variable}.`);
  }
  return { failures: [...failures, ...missing], saved };
}
