/**
 * One handler for everything below the engine's URL: SCIM and its tokens, SAML, the management API, health. Paths are matched with or
 * without the base path, as some frameworks strip a mount's prefix and others keep it; addresses in answers always come
 * from the engine's `url`.
 *
 * @module
 */
import type { SamlEndpoint, SamlHandler } from "@muster/saml-sp/http";
import type { ScimHandler } from "@muster/scim-core/http";
import type { EngineContext } from "../context.ts";
import { ProvisioningError } from "../errors.ts";
import type { Health } from "./health.ts";
import { errorResponse } from "./json.ts";
import type { ManagementApi } from "./management-api.ts";
import { requestIdOf } from "./request-id.ts";
import type { TokenEndpoint } from "./token-endpoint.ts";

export interface Surfaces {
  readonly scim: ScimHandler;
  readonly saml: SamlHandler;
  readonly token: TokenEndpoint;
  readonly management: ManagementApi;
  readonly health: Health;
}

type Answer = (request: Request) => Promise<Response>;

const SCIM = "/scim/v2/";
const SAML = "/saml/";
const OAUTH = "/oauth/";
const MANAGEMENT = "/admin/v1";
const LONGEST_PATH_SHOWN = 200;

/** @returns the handler of every request */
export function createRouter({ url, newId }: EngineContext, surfaces: Surfaces): Answer {
  const basePath = new URL(url).pathname.replace(/\/$/, "");
  return async (request) => {
    const { pathname } = new URL(request.url);
    const answer = findAnswer(surfaces, withoutBase(pathname, basePath));
    return answer === undefined
      ? errorResponse(nothingHere(pathname, basePath), requestIdOf(request, newId))
      : answer(request);
  };
}

function withoutBase(pathname: string, basePath: string): string {
  return pathname.startsWith(`${basePath}/`) ? pathname.slice(basePath.length) : pathname;
}

function findAnswer({ scim, saml, token, management, health }: Surfaces, path: string): Answer | undefined {
  if (path.startsWith(SCIM)) {
    const [connectionId, rest] = cut(path.slice(SCIM.length));
    return (request) => scim(request, rest, connectionId);
  }
  if (path.startsWith(SAML)) {
    const [connectionId, rest] = cut(path.slice(SAML.length));
    const endpoint = SAML_ENDPOINTS.get(rest);
    return endpoint && ((request) => saml(request, connectionId, endpoint));
  }
  if (path.startsWith(OAUTH)) {
    const [connectionId, rest] = cut(path.slice(OAUTH.length));
    return rest === "/token" ? (request) => token(request, connectionId) : undefined;
  }
  if (path === MANAGEMENT || path.startsWith(`${MANAGEMENT}/`)) {
    return (request) => management(request, path.slice(MANAGEMENT.length));
  }
  if (path === "/healthz") return health.live;
  return path === "/readyz" ? health.ready : undefined;
}

const SAML_ENDPOINTS: ReadonlyMap<string, SamlEndpoint> = new Map([
  ["/sign-in", "sign-in"],
  ["/acs", "acs"],
  ["/metadata", "metadata"],
  ["/sign-out", "sign-out"],
  ["/slo", "slo"],
]);

/** `id/rest` as `id` and `/rest`. */
function cut(path: string): readonly [string, string] {
  const slash = path.indexOf("/");
  return slash === -1 ? [path, ""] : [path.slice(0, slash), path.slice(slash)];
}

/** Most often the handler is mounted elsewhere than `url` says: both paths are named. */
function nothingHere(pathname: string, basePath: string): ProvisioningError {
  const shown = pathname.length > LONGEST_PATH_SHOWN ? `${pathname.slice(0, LONGEST_PATH_SHOWN)}…` : pathname;
  return new ProvisioningError("not_found", `There is nothing at ${shown}; this handler answers below ${basePath}/.`, {
    hint: "If the handler is mounted elsewhere, change the option url of createProvisioning to where it is mounted.",
  });
}
