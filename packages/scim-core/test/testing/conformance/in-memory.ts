/**
 * A right service with two tenants, behind a function instead of a listener.
 *
 * @module
 */
import { createScimHandler } from "../../../src/http/index.ts";
import type { ResourceType } from "../../../src/index.ts";
import type { ConformanceTarget } from "../../../src/testing/index.ts";
import { RESOURCE_TYPES, TOKEN } from "../../harness.ts";
import { type MemoryBackend, memoryBackend } from "../../memory-backend.ts";

export type Fetch = (request: Request) => Promise<Response>;

const BASE_URL = "https://scim.test/scim/v2/c-1";
const OTHER = { baseUrl: "https://scim.test/scim/v2/c-2", token: "other-token" };

export interface InMemory extends ConformanceTarget {
  readonly fetch: Fetch;
  readonly backend: MemoryBackend;
}

export interface InMemoryOptions {
  /** Gives both tenants the same people, which is a fault. */
  readonly shared?: boolean;
  /** Attributes that every person must have besides a userName. */
  readonly required?: readonly string[];
}

export function inMemory({ shared = false, required = [] }: InMemoryOptions = {}): InMemory {
  const backend = memoryBackend({ knownMembersOnly: true });
  const stranger = shared ? backend : memoryBackend({ knownMembersOnly: true });
  const domains = new Map([
    [`c-1 ${TOKEN}`, { backend, baseUrl: BASE_URL }],
    [`c-2 ${OTHER.token}`, { backend: stranger, baseUrl: OTHER.baseUrl }],
  ]);
  const handler = createScimHandler({
    resourceTypes: RESOURCE_TYPES.map((type) => requiring(type, required)),
    authenticate: async (token, mount) => domains.get(`${mount} ${token}`),
  });
  const fetch: Fetch = async (request) => {
    const { pathname } = new URL(request.url);
    return handler(request, pathname.slice("/scim/v2/c-1".length), pathname.slice("/scim/v2/".length, 12));
  };
  return { baseUrl: BASE_URL, token: TOKEN, fetch, backend, features: { otherTenant: OTHER } };
}

function requiring(type: ResourceType, names: readonly string[]): ResourceType {
  const attributes = type.schema.attributes.map((attribute) =>
    names.includes(attribute.name) ? { ...attribute, required: true } : attribute,
  );
  return { ...type, schema: { ...type.schema, attributes } };
}

export function jsonAnswer(status: number, body: object): Response {
  return new Response(JSON.stringify(body), { status, headers: { "content-type": "application/scim+json" } });
}

/** The same service, which answers some requests with another body. Empty answers stay as they are. */
export function changedBody(
  next: Fetch,
  applies: (request: Request, response: Response) => boolean,
  change: (body: Record<string, unknown>, request: Request) => object,
): Fetch {
  return async (request) => {
    const response = await next(request);
    if (!applies(request, response)) return response;
    const text = await response.text();
    const { status, headers } = response;
    if (text === "") return new Response(null, { status, headers });
    return new Response(JSON.stringify(change(JSON.parse(text), request)), { status, headers });
  };
}
