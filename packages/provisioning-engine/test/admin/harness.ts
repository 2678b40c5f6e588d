/** An engine on an empty memory store, its management API, and a directory that pushes to it. */
import { afterEach } from "vitest";
import {
  type Account,
  type Admin,
  type Authorization,
  createProvisioning,
  extension,
  flag,
  memoryStore,
  type Provisioning,
  type ProvisioningOptions,
} from "../../src/index.ts";

export const ENGINE_URL = "https://app.example.com/provisioning";
const KIND = "urn:ietf:params:scim:schemas:extension:document360:2.0:User";
const USER = "urn:ietf:params:scim:schemas:core:2.0:User";
const GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group";
const PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

export const EVERYTHING: Authorization = { actor: "olga", tenants: "all", can: "all" };

export interface Answer {
  readonly status: number;
  readonly body: Json;
  readonly headers: Headers;
}

/** What a test looks into without ceremony. */
// biome-ignore lint/suspicious/noExplicitAny: bodies are read by assertions, which check them.
export type Json = any;

export interface World {
  readonly provisioning: Provisioning;
  readonly admin: Admin;
  readonly time: { now: Date };
  /** A request to the management API; by somebody who may do everything unless said otherwise. */
  api(method: string, path: string, body?: unknown, authorization?: Authorization | null): Promise<Answer>;
  send(path: string, init?: RequestInit): Promise<Answer>;
}

const running: Provisioning[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((provisioning) => provisioning.close()));
});

export function startWorld(options: Partial<ProvisioningOptions> = {}): World {
  const time = { now: new Date("2026-03-01T12:00:00.000Z") };
  const authorizations = new Map<string, Authorization>();
  const provisioning = createProvisioning({
    url: ENGINE_URL,
    store: memoryStore(),
    user: { extensions: [extension(KIND, { isTeamAccount: flag() })] },
    admin: { authorize: (request) => authorizations.get(request.headers.get("authorization") ?? "") ?? null },
    clock: () => time.now,
    logger: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
    ...options,
  });
  running.push(provisioning);
  const send = async (path: string, init: RequestInit = {}): Promise<Answer> => {
    const response = await provisioning.fetch(new Request(ENGINE_URL + path, init));
    const text = await response.text();
    const json = response.headers.get("content-type")?.includes("json") ?? false;
    return { status: response.status, headers: response.headers, body: json ? JSON.parse(text) : text };
  };
  const api: World["api"] = (method, path, body, authorization = EVERYTHING) => {
    const bearer = `Bearer ${authorizations.size}`;
    if (authorization !== null) authorizations.set(bearer, authorization);
    const headers = { authorization: bearer, "content-type": "application/json" };
    return send(`/admin/v1${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  };
  return { provisioning, admin: provisioning.admin, time, api, send };
}

export interface Directory {
  readonly token: string;
  /** A request to the SCIM endpoint of the connection. */
  request(method: string, path: string, body?: unknown): Promise<Answer>;
  /** @returns the SCIM id */
  push(person: { userName: string; team?: boolean; active?: boolean; email?: string; name?: string }): Promise<string>;
  patch(path: string, ...operations: readonly object[]): Promise<Answer>;
  /** @returns the SCIM id */
  pushGroup(displayName: string, members: readonly string[]): Promise<string>;
}

/** Switches SCIM on at a tenant, and connects a directory. */
export async function connect({ admin, send }: World, tenant: string): Promise<Directory> {
  const { scim } = await admin.connections.update(tenant, { scimEnabled: true, consent: true, groupSync: true });
  const { token } = await admin.tokens.create(tenant);
  const path = scim?.baseUrl.slice(ENGINE_URL.length) ?? "";
  const request: Directory["request"] = (method, below, body) =>
    send(path + below, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/scim+json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const create = async (below: string, resource: object): Promise<string> => {
    const { status, body } = await request("POST", below, resource);
    if (status !== 201) throw new Error(`${status} ${JSON.stringify(body)}`);
    return body.id;
  };
  return {
    token,
    request,
    push: ({ userName, team, active = true, email, name = userName }) =>
      create("/Users", {
        schemas: [USER, KIND],
        userName,
        displayName: name,
        active,
        ...(email === undefined ? {} : { emails: [{ value: email, type: "work", primary: true }] }),
        ...(team === undefined ? {} : { [KIND]: { isTeamAccount: team } }),
      }),
    patch: (below, ...Operations) => request("PATCH", below, { schemas: [PATCH], Operations }),
    pushGroup: (displayName, members) =>
      create("/Groups", { schemas: [GROUP], displayName, members: members.map((value) => ({ value })) }),
  };
}

/** The account with this userName; fails when there is none. */
export async function accountOf({ admin }: Pick<World, "admin">, tenant: string, userName: string): Promise<Account> {
  const { items } = await admin.accounts.list(tenant, { q: userName });
  const account = items.find((candidate) => candidate.userName === userName);
  if (account === undefined) throw new Error(`No account ${userName} in ${tenant}.`);
  return account;
}

/** For what follows in the background. */
export async function eventually(check: () => Promise<void>): Promise<void> {
  for (let left = 200; ; left--) {
    try {
      return await check();
    } catch (error) {
      if (left === 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}
