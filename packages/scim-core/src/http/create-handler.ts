/**
 * The way of every request: authenticate, find the action, act; whatever goes wrong leaves by the same door.
 *
 * @module
 */
import { randomUUID } from "node:crypto";
import type { RequestContext } from "../backend.ts";
import { ScimError } from "../errors.ts";
import { answerError, publicError } from "./answer-error.ts";
import { bearerToken } from "./bearer-token.ts";
import type { Action, Exchange, Route } from "./exchange.ts";
import type { ScimDomain, ScimHandler, ScimHandlerOptions, ScimLimits } from "./handler.ts";
import { completeLimits } from "./limits.ts";
import { holdRequest, readBody } from "./request-body.ts";
import { requestContext } from "./request-context.ts";
import { putOffOf, respondAsync } from "./respond-async.ts";
import { createRouter } from "./router.ts";

/**
 * The SCIM endpoints of every connection, as a function from `Request` to `Response`.
 *
 * @param options the resource types, and how a credential becomes a backend
 * @throws {TypeError} when a resource type has the endpoint of another, or of the protocol
 * @example
 * const scim = createScimHandler({
 *   resourceTypes: [userResourceType([]), groupResourceType()],
 *   authenticate: async (token) => (token === secret ? { backend, baseUrl: "https://app.example/scim/v2" } : undefined),
 * });
 * const response = await scim(request, "/Users", "");
 */
export function createScimHandler(options: ScimHandlerOptions): ScimHandler {
  const { resourceTypes, newRequestId = randomUUID, clock = () => new Date() } = options;
  const limits = completeLimits(options.limits);
  const router = createRouter(resourceTypes);
  return async (request, path, mount) => {
    const context = requestContext(request, newRequestId);
    const report = (error: unknown): void => tellHost(options, error, context);
    const answering = async (act: () => Promise<Response>): Promise<Response> => {
      const refuse = (error: unknown) => answerError(publicError(error, report), context.requestId);
      return finish(await act().catch(refuse), request, context);
    };
    return answering(async () => {
      // Before the path is looked at and a byte of the body is read: strangers learn nothing and cost nothing.
      const domain = await openDomain(options, request, mount, context);
      const act = findAction(router(path), request.method);
      const exchange = { ...readRequest(request, limits), report, domain, context, limits, resourceTypes, clock };
      const putOff = putOffOf(request, path, exchange);
      if (putOff === undefined) return act(exchange);
      const later = { ...exchange, context: { ...context, txn: newRequestId() } };
      return respondAsync(putOff, await holdRequest(request, limits), later, (held) =>
        answering(() => act({ ...later, ...readRequest(held, limits) })),
      );
    });
  };
}

async function openDomain(
  options: ScimHandlerOptions,
  request: Request,
  mount: string,
  context: RequestContext,
): Promise<ScimDomain> {
  const domain = await options.authenticate(bearerToken(request), mount, context);
  if (domain !== undefined) return domain;
  throw new ScimError("unauthorized", "The token is wrong, expired or revoked. Make a new one and paste it.");
}

function readRequest(request: Request, limits: ScimLimits): Pick<Exchange, "header" | "params" | "readBody"> {
  return {
    header: (name) => request.headers.get(name),
    params: searchParamsOf(request.url),
    readBody: (maxBytes = limits.bodyBytes) => readBody(request, { ...limits, bodyBytes: maxBytes }),
  };
}

/** Most requests have none: then the address need not be parsed again. */
function searchParamsOf(url: string): URLSearchParams {
  return url.includes("?") ? new URL(url).searchParams : new URLSearchParams();
}

function findAction(route: Route | undefined, method: string): Action {
  if (route === undefined) throw new ScimError("notFound", "There is nothing at this address.");
  return actionOf(route, method === "HEAD" ? "GET" : method) ?? methodNotAllowed(Object.keys(route).join(", "));
}

function actionOf(route: Readonly<Record<string, Action>>, method: string): Action | undefined {
  return Object.hasOwn(route, method) ? route[method] : undefined;
}

function methodNotAllowed(allow: string): Action {
  const error = new ScimError("methodNotAllowed", `This address takes ${allow} only.`);
  return async ({ context }) => {
    const response = answerError(error, context.requestId);
    response.headers.set("allow", allow);
    return response;
  };
}

function tellHost(options: ScimHandlerOptions, error: unknown, context: RequestContext): void {
  try {
    options.onError?.(error, context);
  } catch {
    // The failure of a log must not cost the client its answer.
  }
}

/** What every answer has in common. People are in the bodies: no cache may keep them. */
function finish(response: Response, request: Request, { requestId }: RequestContext): Response {
  response.headers.set("x-request-id", requestId);
  response.headers.set("cache-control", "no-store");
  if (request.method !== "HEAD") return response;
  return new Response(null, { status: response.status, headers: response.headers });
}
