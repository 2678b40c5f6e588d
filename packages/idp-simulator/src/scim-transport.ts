/**
 * One SCIM request over fetch, as a provisioning agent makes it: bearer token, SCIM media type, and an answer that is
 * either readable SCIM or an error with the facts of the refusal.
 *
 * @module
 */
import { SimulatorError } from "./errors.ts";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
export type JsonObject = { readonly [name: string]: Json };

/** What a dialect wants to send; `path` is relative to the SCIM base URL, with its query. */
export interface ScimRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  readonly body?: JsonObject;
}

/** One request as it went over the wire, for logs and progress lines. */
export interface Exchange {
  readonly method: ScimRequest["method"];
  /** Relative to the SCIM base URL, percent-encoded. */
  readonly path: string;
  readonly status: number;
  readonly milliseconds: number;
}

export interface TransportOptions {
  /** The tenant URL as an admin pastes it; a query in it, like Entra's flags, is sent with every request. */
  readonly baseUrl: string;
  readonly token: string;
  /** The global `fetch` when absent. */
  readonly fetch?: ((request: Request) => Promise<Response>) | undefined;
  /** Called after each answer, also for refusals. */
  readonly onRequest?: ((exchange: Exchange) => void) | undefined;
}

/** Sends a request and returns the parsed body, or undefined for an answer without one. */
export type ScimTransport = (request: ScimRequest) => Promise<JsonObject | undefined>;

/**
 * @param options where to send requests, and with which token
 * @param userAgent the name that the real client sends
 * @throws {SimulatorError} from the returned function: `unreachable`, `refused`, `unreadable_answer`
 */
export function scimTransport(options: TransportOptions, userAgent: string): ScimTransport {
  const send = options.fetch ?? ((request: Request) => fetch(request));
  return async (request) => {
    const started = performance.now();
    const response = await reach(send, toRequest(options, userAgent, request), request);
    const text = await response.text();
    const milliseconds = Math.round(performance.now() - started);
    options.onRequest?.({ method: request.method, path: request.path, status: response.status, milliseconds });
    const body = readBody(request, response, text);
    if (!response.ok) throw refusal(request, response.status, body);
    return body;
  };
}

function toRequest({ baseUrl, token }: TransportOptions, userAgent: string, request: ScimRequest): Request {
  const { method, body } = request;
  return new Request(resourceUrl(baseUrl, request.path), {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      accept: "application/scim+json",
      "user-agent": userAgent,
      ...(body === undefined ? {} : { "content-type": "application/scim+json; charset=utf-8" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

/** Appends a path and its query to the tenant URL, whose own query stays. */
function resourceUrl(baseUrl: string, path: string): URL {
  const url = new URL(baseUrl);
  const [pathname = "", query] = path.split("?", 2);
  url.pathname = url.pathname.replace(/\/$/, "") + pathname;
  const queries = [query, url.search.slice(1)].filter((part) => part !== undefined && part !== "");
  url.search = queries.join("&");
  return url;
}

async function reach(
  send: (request: Request) => Promise<Response>,
  request: Request,
  { method, path }: ScimRequest,
): Promise<Response> {
  try {
    return await send(request);
  } catch (cause) {
    const { origin } = new URL(request.url);
    throw new SimulatorError(
      "unreachable",
      `${method} ${path}: nothing answers at ${origin}. Is the service running?`,
      {
        cause,
      },
    );
  }
}

function readBody({ method, path }: ScimRequest, response: Response, text: string): JsonObject | undefined {
  if (text === "") return undefined;
  try {
    const body: unknown = JSON.parse(text);
    if (isJsonObject(body)) return body;
  } catch {
    // Falls through to the same refusal: an HTML page and a JSON array are equally unreadable to a client.
  }
  throw new SimulatorError(
    "unreadable_answer",
    `${method} ${path}: the answer (HTTP ${response.status}) is not SCIM. Check that the URL is a SCIM base URL.`,
    { status: response.status },
  );
}

function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function refusal({ method, path }: ScimRequest, status: number, body: JsonObject | undefined): SimulatorError {
  const detail = typeof body?.detail === "string" ? body.detail : undefined;
  const scimType = typeof body?.scimType === "string" ? body.scimType : undefined;
  return new SimulatorError(
    "refused",
    `${method} ${path}: HTTP ${status}${detail === undefined ? "" : `: ${detail}`}`,
    {
      status,
      ...(scimType === undefined ? {} : { scimType }),
      ...(detail === undefined ? {} : { detail }),
    },
  );
}
