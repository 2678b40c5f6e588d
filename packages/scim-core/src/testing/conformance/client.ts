/**
 * The requests of the kit: as a careful SCIM client sends them, unless a case wants them otherwise.
 *
 * @module
 */
import { setTimeout as delay } from "node:timers/promises";
import { isJsonObject, type Json, type JsonObject } from "../json.ts";
import { ConformanceError } from "./errors.ts";

export interface Call {
  readonly method: string;
  /** Below the base URL, percent-encoded, with its query. */
  readonly path: string;
  /** A text is sent as it stands, so that it need not be JSON. */
  readonly body?: Json;
  /** On top of the usual ones; an empty value leaves a header out. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer, read. */
export interface Answer {
  /** What was asked, for the sentences: `POST /Users`. */
  readonly call: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Empty when the answer holds no JSON object. */
  readonly body: JsonObject;
  readonly milliseconds: number;
}

/** @throws {ConformanceError} `unreachable` */
export type Send = (call: Call) => Promise<Answer>;

export interface ClientOptions {
  /** The SCIM base URL, as an admin pastes it into an identity provider. */
  readonly baseUrl: string;
  readonly token: string;
  /** The global `fetch` when absent. */
  readonly fetch?: ((request: Request) => Promise<Response>) | undefined;
}

const PATIENCE_MS = 30_000;
const MAX_RETRY_AFTER_S = 30;
const MAX_ATTEMPTS = 4;

/** A client of one service. It waits where the service asks for time (429 with `Retry-After`), as clients must. */
export function createClient(options: ClientOptions): Send {
  return async (call) => {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await exchange(call, options);
      if (answer.status !== 429 || attempt === MAX_ATTEMPTS) return answer;
      await delay(retryAfter(answer.headers) * 1000);
    }
  };
}

async function exchange(call: Call, options: ClientOptions): Promise<Answer> {
  const name = `${call.method} ${shown(call.path)}`;
  const send = options.fetch ?? ((request: Request) => fetch(request));
  const begun = performance.now();
  try {
    const response = await send(toRequest(call, options));
    const text = await response.text();
    const milliseconds = performance.now() - begun;
    return { call: name, status: response.status, headers: response.headers, text, body: parse(text), milliseconds };
  } catch (cause) {
    throw new ConformanceError("unreachable", `${name} got no answer: ${reasonOf(cause)}.`, { cause });
  }
}

function toRequest(call: Call, { baseUrl, token }: ClientOptions): Request {
  const headers = new Headers({ authorization: `Bearer ${token}`, accept: "application/scim+json" });
  if (call.body !== undefined) headers.set("content-type", "application/scim+json");
  for (const [name, value] of Object.entries(call.headers ?? {})) {
    if (value === "") headers.delete(name);
    else headers.set(name, value);
  }
  return new Request(baseUrl.replace(/\/$/, "") + call.path, {
    method: call.method,
    headers,
    signal: AbortSignal.timeout(PATIENCE_MS),
    ...(call.body === undefined ? {} : { body: bytesOf(call.body) }),
  });
}

/** Bytes, since fetch would give a text a media type of its own. */
function bytesOf(body: Json): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(typeof body === "string" ? body : JSON.stringify(body));
}

function parse(text: string): JsonObject {
  try {
    const json: unknown = JSON.parse(text);
    return isJsonObject(json) ? json : {};
  } catch {
    return {};
  }
}

function retryAfter(headers: Headers): number {
  const seconds = Number(headers.get("retry-after") ?? 1);
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 1), MAX_RETRY_AFTER_S) : 1;
}

/** Readable, and short: some cases send long paths. */
function shown(path: string): string {
  const text = URL.canParse(path, "http://x") ? decode(path) : path;
  return text.length <= 160 ? text : `${text.slice(0, 160)}…`;
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** `fetch failed` says nothing; its cause does. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (cause instanceof Error) return cause.message === "" && "code" in cause ? String(cause.code) : cause.message;
  return error.message;
}
