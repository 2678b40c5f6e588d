/**
 * A handler over a memory backend, and how tests talk to it.
 *
 * @module
 */
import { createScimHandler, type ScimDomain, type ScimHandlerOptions } from "../src/http/index.ts";
import { extension, flag, groupResourceType, text, userResourceType } from "../src/index.ts";
import { isJsonObject, type Json, type JsonObject } from "../src/testing/json.ts";
import { type MemoryBackend, memoryBackend } from "./memory-backend.ts";

export const TEAM_URN = "urn:ietf:params:scim:schemas:extension:document360:2.0:User";
export const USER_URN = "urn:ietf:params:scim:schemas:core:2.0:User";
export const GROUP_URN = "urn:ietf:params:scim:schemas:core:2.0:Group";
export const ENTERPRISE_URN = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
export const ERROR_URN = "urn:ietf:params:scim:api:messages:2.0:Error";
export const LIST_URN = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
export const PATCH_OP_URN = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
export const SEARCH_URN = "urn:ietf:params:scim:api:messages:2.0:SearchRequest";

export const BASE_URL = "https://scim.test/scim/v2/c-1";
export const TOKEN = "secret-token";
export const RESOURCE_TYPES: ScimHandlerOptions["resourceTypes"] = [
  userResourceType([extension(TEAM_URN, { isTeamAccount: flag(), badge: text() })]),
  groupResourceType(),
];

/** An answer, read. `body` is empty when there is none. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: JsonObject;
}

export interface Scim {
  readonly backend: MemoryBackend;
  /** What was reported as a fault of ours. */
  readonly errors: unknown[];
  /** Headers with the value "" are left out. */
  send(method: string, path: string, body?: Json, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  patch(path: string, ...operations: readonly Json[]): Promise<Answer>;
  /** @returns the id */
  createUser(userName: string, more?: JsonObject): Promise<string>;
  /** @returns the id */
  createGroup(displayName: string, members?: readonly string[]): Promise<string>;
}

export type ScimOptions = Partial<ScimHandlerOptions> & { readonly domain?: Partial<ScimDomain> };

/** An empty connection with one valid token. */
export function openScim(options: ScimOptions = {}): Scim {
  const backend = memoryBackend();
  const errors: unknown[] = [];
  const domain = { backend, baseUrl: BASE_URL, ...options.domain };
  const handler = createScimHandler({
    resourceTypes: RESOURCE_TYPES,
    authenticate: async (token) => (token === TOKEN ? domain : undefined),
    onError: (error) => errors.push(error),
    ...options,
  });
  const send: Scim["send"] = async (method, path, body, headers = {}) => {
    const request = toRequest(method, path, body, headers);
    return read(await handler(request, path.split("?", 1)[0] ?? "", "c-1"));
  };
  const create = async (path: string, body: JsonObject): Promise<string> => {
    const { status, body: created, text: answer } = await send("POST", path, body);
    if (status !== 201) throw new Error(answer);
    return String(created.id);
  };
  return {
    backend,
    errors,
    send,
    get: (path, headers) => send("GET", path, undefined, headers),
    patch: (path, ...operations) => send("PATCH", path, { schemas: [PATCH_OP_URN], Operations: operations }),
    createUser: (userName, more = {}) => create("/Users", { schemas: [USER_URN], userName, ...more }),
    createGroup: (displayName, members = []) =>
      create("/Groups", { schemas: [GROUP_URN], displayName, members: members.map((value) => ({ value })) }),
  };
}

function toRequest(
  method: string,
  path: string,
  body: Json | undefined,
  given: Readonly<Record<string, string>>,
): Request {
  const headers = new Headers({ authorization: `Bearer ${TOKEN}` });
  if (body !== undefined) headers.set("content-type", "application/scim+json");
  for (const [name, value] of Object.entries(given)) headers.set(name, value);
  for (const [name, value] of Object.entries(given)) if (value === "") headers.delete(name);
  // A text is sent as it stands, so that it need not be JSON.
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return new Request(BASE_URL + path, { method, headers, ...(body === undefined ? {} : { body: text }) });
}

async function read(response: Response): Promise<Answer> {
  const answer = await response.text();
  const isJson = response.headers.get("content-type")?.endsWith("json") ?? false;
  const json: unknown = isJson && answer !== "" ? JSON.parse(answer) : {};
  const body: JsonObject = isJsonObject(json) ? json : {};
  return { status: response.status, headers: response.headers, text: answer, body };
}

/** The resources of a list, each by one of its attributes. */
export function listed({ body }: Answer, attribute = "userName"): readonly unknown[] {
  const { Resources: resources = [] } = body;
  return Array.isArray(resources) ? resources.map((item: JsonObject) => item[attribute]) : [];
}

/** A filter as a client percent-encodes it. */
export function filtered(path: string, filter: string): string {
  return `${path}?filter=${encodeURIComponent(filter)}`;
}
