/**
 * The management API: authorize, find the route, check tenant and right, read, act, answer. The host's check comes
 * before anything else, and before a byte of a body.
 *
 * @module
 */
import type { Admin, Simulatable } from "../admin/admin.ts";
import { createAdmin } from "../admin/create-admin.ts";
import type { Tried } from "../admin/explain-views.ts";
import type { EngineContext } from "../context.ts";
import { isProvisioningError, ProvisioningError } from "../errors.ts";
import { checked } from "../validation/checked.ts";
import { type Authorization, type Authorize, requireRight, requireTenant } from "./authorization.ts";
import { doOnce, idempotencyKeyOf } from "./idempotency.ts";
import { emptyResponse, errorResponse, jsonResponse, readJson } from "./json.ts";
import { describeApi } from "./openapi.ts";
import { readQuery } from "./query.ts";
import { requestIdOf } from "./request-id.ts";
import { matchPath, type Route } from "./route.ts";
import { ROUTES } from "./routes/index.ts";

const DESCRIPTION = "/openapi.json";

/** @param path below the base of the API, still percent-encoded */
export type ManagementApi = (request: Request, path: string) => Promise<Response>;

/** @param authorize the host's check; without one the API is not there */
export function createManagementApi(context: EngineContext, authorize: Authorize | undefined): ManagementApi {
  return async (request, path) => {
    const requestId = requestIdOf(request, context.newId);
    try {
      const authorization = await authorized(request, authorize);
      const response = await answer(context, authorization, request, path, requestId);
      response.headers.set("x-request-id", requestId);
      return response;
    } catch (error) {
      return refuse(context, error, requestId);
    }
  };
}

async function authorized(request: Request, authorize: Authorize | undefined): Promise<Authorization> {
  if (authorize === undefined) {
    throw new ProvisioningError("not_found", "The management API is off.", {
      hint: "Give createProvisioning the option admin.authorize.",
    });
  }
  const authorization = await authorize(request);
  if (authorization) return authorization;
  throw new ProvisioningError("unauthorized", "The request carries no valid credential.");
}

async function answer(
  context: EngineContext,
  authorization: Authorization,
  request: Request,
  path: string,
  requestId: string,
): Promise<Response> {
  if (path === DESCRIPTION && request.method === "GET") return jsonResponse(200, describeApi(context.url));
  const { route, values } = findRoute(request.method, path);
  const { tenant } = values;
  if (tenant !== undefined) requireTenant(authorization, tenant);
  requireRight(authorization, route.right);
  const admin = createAdmin(context, { type: "person", id: authorization.actor }, requestId);
  const call = await readCall(route, request, admin, authorization, values);
  for (const other of (await route.alsoAbout?.(call)) ?? []) requireTenant(authorization, other);
  const key = idempotencyKeyOf(request);
  const { actor } = authorization;
  const showsSecret = route.showsSecret ?? false;
  const result =
    key === undefined || isTrial(call)
      ? await route.act(call)
      : await doOnce(context, { actor, path, key, body: call.body, showsSecret }, () => route.act(call));
  return respond(route.status, result);
}

/** What does nothing may be repeated, and its answer need not be kept. */
function isTrial({ body }: RouteCall): boolean {
  return (body as Simulatable | undefined)?.simulate === true;
}

/** A write that has nothing to show has something when it was only tried. */
function respond(status: Route["status"], result: unknown): Response {
  if (status !== 204) return jsonResponse(status, result);
  return (result as Tried | undefined)?.simulation === undefined ? emptyResponse() : jsonResponse(200, result);
}

type RouteCall = Parameters<Route["act"]>[0];

async function readCall(
  { query, body }: Route,
  request: Request,
  admin: Admin,
  authorization: Authorization,
  path: Readonly<Record<string, string>>,
): Promise<RouteCall> {
  return {
    admin,
    authorization,
    path,
    query: query === undefined ? undefined : checked(query, readQuery(new URL(request.url))),
    body: body === undefined ? undefined : checked(body, await readJson(request)),
  };
}

interface FoundRoute {
  readonly route: Route;
  readonly values: Readonly<Record<string, string>>;
}

function findRoute(method: string, path: string): FoundRoute {
  const matching = ROUTES.flatMap((route) => {
    const values = matchPath(route.path, path);
    return values === undefined ? [] : [{ route, values }];
  });
  const found = matching.find(({ route }) => route.method === method);
  if (found !== undefined) return found;
  if (matching.length === 0) throw new ProvisioningError("not_found", "The management API has no such address.");
  const allow = matching.map((candidate) => candidate.route.method).join(", ");
  throw new ProvisioningError("method_not_allowed", `This address takes ${allow} only.`, { facts: { allow } });
}

/** What is no refusal is a fault of ours: described in the log alone. */
function refuse({ logger }: EngineContext, error: unknown, requestId: string): Response {
  const refusal = isProvisioningError(error) ? error : new ProvisioningError("internal", "Something went wrong here.");
  if (refusal.status >= 500) {
    const { message, stack } = error instanceof Error ? error : { message: String(error), stack: undefined };
    logger.error({ requestId, error: message, stack }, "A management request failed.");
  }
  if (refusal.code === "internal") return errorResponse(new ProvisioningError("internal", INTERNAL), requestId);
  return errorResponse(refusal, requestId, headersOf(refusal));
}

const INTERNAL = "Something went wrong here. The log has more under the id of this request.";

function headersOf({ code, facts }: ProvisioningError): Readonly<Record<string, string>> {
  if (code === "unauthorized") return { "www-authenticate": "Bearer" };
  if (code === "method_not_allowed") return { allow: String(facts.allow) };
  return {};
}
