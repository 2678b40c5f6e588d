/**
 * How a right service is made a wrong one: by other requests to it, or other answers of it.
 *
 * @module
 */
import { isJsonObject, type JsonObject } from "../../../src/testing/json.ts";
import type { Fetch } from "./in-memory.ts";

export type Wrap = (next: Fetch) => Fetch;

export function bodyOf(request: Request): Promise<JsonObject> {
  return request
    .clone()
    .json()
    .then((body: unknown) => (isJsonObject(body) ? body : {}))
    .catch(() => ({}));
}

export function rewritten(
  request: Request,
  body: JsonObject | undefined,
  method: string = request.method,
  url: string = request.url,
): Request {
  return new Request(url, {
    method,
    headers: request.headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

function readdressed(request: Request, change: (url: URL) => void): Request {
  const url = new URL(request.url);
  change(url);
  return new Request(url, request);
}

export function filterOf(request: Request): string {
  return new URL(request.url).searchParams.get("filter") ?? "";
}

export function refiltered(request: Request, change: (filter: string) => string): Request {
  const filter = filterOf(request);
  if (filter === "") return request;
  return readdressed(request, ({ searchParams }) => {
    const changed = change(filter);
    if (changed === "") searchParams.delete("filter");
    else searchParams.set("filter", changed);
  });
}

export function withoutParameter(name: string): Wrap {
  return (next) => async (request) => next(readdressed(request, ({ searchParams }) => searchParams.delete(name)));
}

export function withoutRequestHeader(name: string): Wrap {
  return (next) => async (request) => {
    const bare = new Request(request);
    bare.headers.delete(name);
    return next(bare);
  };
}

export function withHeader(name: string, value: string): Wrap {
  return (next) => async (request) => {
    const response = await next(request);
    response.headers.set(name, value);
    return response;
  };
}

export function withoutHeader(name: string): Wrap {
  return (next) => async (request) => {
    const response = await next(request);
    response.headers.delete(name);
    return response;
  };
}

export function statusFor(change: (status: number, request: Request) => number): Wrap {
  return (next) => async (request) => {
    const response = await next(request);
    const status = change(response.status, request);
    return status === response.status
      ? response
      : new Response(await response.text(), { status, headers: response.headers });
  };
}

export function patchedBy(change: (operation: JsonObject) => JsonObject): Wrap {
  return (next) => async (request) => {
    const { schemas, Operations: operations } = await bodyOf(request);
    if (request.method !== "PATCH" || !Array.isArray(operations)) return next(request);
    return next(
      rewritten(request, { schemas: schemas ?? [], Operations: operations.filter(isJsonObject).map(change) }),
    );
  };
}

export function isError(_request: Request, { status }: Response): boolean {
  return status >= 400;
}

export function isList(request: Request, { status }: Response): boolean {
  return status === 200 && request.method === "GET" && /\/(Users|Groups)\?/.test(request.url);
}

/** One person or group. */
export function isResource(request: Request, { status }: Response): boolean {
  const isOne = /\/(Users|Groups)(\/[^/?]+)?(\?|$)/.test(request.url) && !isList(request, new Response());
  return isOne && (status === 200 || status === 201);
}

export function isBulk(request: Request): boolean {
  return request.url.endsWith("/Bulk");
}
