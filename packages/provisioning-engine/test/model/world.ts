/**
 * An engine under test: a family of tenants, a stranger beside it, a directory that pushes, and a store that may break
 * off. The engine is closed and opened again on the same store; nothing else outlives it.
 *
 * @module
 */
import {
  type Admin,
  type Authorization,
  createProvisioning,
  extension,
  flag,
  isProvisioningError,
  type Provisioning,
} from "../../src/index.ts";
import type { Store } from "../../src/ports/index.ts";
import { openBrowser, type ServiceProvider, sessions, type Visitor } from "./browser.ts";
import { type Fault, faultyStore, type Hit, type TenantFault } from "./faults.ts";
import { readState, type State } from "./state.ts";

export const ROOT = "acme";
export const STRANGER = "globex";
export const TEAM = "urn:ietf:params:scim:schemas:extension:document360:2.0:User";
const URL = "https://app.example.com/provisioning";
const SILENT = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** How a step ended: the status of HTTP, and the code of a refusal. */
export interface Outcome {
  readonly status: number;
  readonly code: string | null;
  readonly body: unknown;
}

export interface ScimRequest {
  readonly method: "POST" | "PUT" | "PATCH" | "DELETE" | "GET";
  readonly path: string;
  readonly body?: unknown;
}

interface ManagementRequest {
  readonly method: "POST" | "PUT" | "PATCH" | "DELETE" | "GET";
  readonly path: string;
  readonly body?: object | undefined;
}

export interface World {
  /** Of the engine that runs now. */
  admin(): Admin;
  /** Runs an operation of an admin; a refusal is an outcome. */
  operate(work: (admin: Admin) => Promise<unknown>): Promise<Outcome>;
  /** A request with the token of one tenant to the endpoint of another; both are the root unless said otherwise. */
  push(request: ScimRequest, tokenOf?: string, endpointOf?: string): Promise<Outcome>;
  /** A request to the management API, by whoever has this authorization. */
  manage(request: ManagementRequest, authorization: Authorization): Promise<Outcome>;
  /** Through the identity provider of the root; the body is the account that is in, the code why nobody is. */
  signIn(tenant: string, visitor: Visitor): Promise<Outcome>;
  canSignIn(tenant: string, account: string): Promise<boolean>;
  read(): Promise<State>;
  /** The engine ends and begins again. */
  restart(): Promise<void>;
  /** Lets everything that was committed have its effect, without disturbance. */
  drain(): Promise<void>;
  arm(fault: Fault): void;
  armTenants(fault: TenantFault): void;
  /** What a fault hit since the last question. */
  hit(): Hit;
  now(): string;
  /** Time passes. */
  tick(): void;
  /** A new token of the root: those that it had are revoked. */
  renewToken(): Promise<void>;
  /** Secrets that nobody may read anywhere. */
  tokens(): readonly string[];
  close(): Promise<void>;
}

export async function openWorld(base: Store): Promise<World> {
  const faulty = faultyStore(base);
  const time = { now: Date.parse("2026-03-01T12:00:00.000Z") };
  let ids = 0;
  let authorized: Authorization | null = null;
  const start = (): Provisioning =>
    createProvisioning({
      url: URL,
      store: faulty.store,
      user: { extensions: [extension(TEAM, { isTeamAccount: flag() })] },
      clock: () => new Date(time.now),
      newId: () => `0197f000-0000-7000-8000-${(++ids).toString(16).padStart(12, "0")}`,
      logger: SILENT,
      sso: sessions,
      admin: { authorize: () => authorized },
    });
  let provisioning = start();
  const restart = async () => {
    await provisioning.close();
    provisioning = start();
    // A start that breaks off is repeated by the first who asks for something.
    await provisioning.ready().catch(() => undefined);
  };
  const tokens = new Map<string, string>();
  const endpoints = new Map<string, string>();
  for (const tenant of [ROOT, STRANGER]) {
    const { admin } = provisioning;
    await admin.tenants.create({ id: tenant });
    const { scim } = await admin.connections.update(tenant, { scimEnabled: true, consent: true, groupSync: true });
    tokens.set(tenant, (await admin.tokens.create(tenant)).token);
    endpoints.set(tenant, scim?.baseUrl ?? "");
  }
  const browser = openBrowser(
    (request) => provisioning.fetch(request),
    () => new Date(time.now),
  );
  await provisioning.admin.connections.update(ROOT, { idp: { metadata: browser.metadata } });
  const push: World["push"] = async ({ method, path, body }, tokenOf = ROOT, endpointOf = ROOT) => {
    const headers = { authorization: `Bearer ${tokens.get(tokenOf)}`, "content-type": "application/scim+json" };
    const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const response = await provisioning.fetch(new Request(`${endpoints.get(endpointOf)}${path}`, init));
    const text = await response.text();
    const parsed = text === "" ? null : JSON.parse(text);
    return { status: response.status, code: parsed?.scimType ?? null, body: parsed };
  };
  // Derived from ids, they stay what they are.
  const serviceProviders = new Map<string, ServiceProvider>();
  const serviceProvider = async (tenant: string): Promise<ServiceProvider> => {
    const known = serviceProviders.get(tenant);
    if (known !== undefined) return known;
    const { saml } = await faulty.undisturbed(() => provisioning.admin.connections.get(tenant));
    serviceProviders.set(tenant, saml);
    return saml;
  };
  return {
    admin: () => provisioning.admin,
    operate: async (work) => {
      try {
        return { status: 200, code: null, body: await work(provisioning.admin) };
      } catch (error) {
        if (isProvisioningError(error)) return { status: error.status, code: error.code, body: null };
        return { status: 500, code: "internal", body: String(error) };
      }
    },
    push,
    manage: async ({ method, path, body }, authorization) => {
      authorized = authorization;
      const headers = { "content-type": "application/json" };
      const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
      return outcomeOf(await provisioning.fetch(new Request(`${URL}/admin/v1${path}`, init)));
    },
    signIn: async (tenant, visitor) => {
      return outcomeOf(await browser.signIn(await serviceProvider(tenant), visitor));
    },
    canSignIn: (tenant, account) => faulty.undisturbed(() => provisioning.canSignIn(tenant, account)),
    read: () => readState(base),
    restart,
    drain: async () => {
      faulty.disarm();
      // The first close ends what waits for another try; the next engine begins with it.
      await restart();
      await restart();
    },
    arm: faulty.arm,
    armTenants: faulty.armTenants,
    hit: faulty.hit,
    now: () => new Date(time.now).toISOString(),
    tick: () => {
      time.now += 1000;
    },
    renewToken: async () => {
      tokens.set(ROOT, (await provisioning.admin.tokens.create(ROOT)).token);
    },
    tokens: () => [...tokens.values()],
    close: () => provisioning.close(),
  };
}

async function outcomeOf(response: Response): Promise<Outcome> {
  const body = (await response.json()) as { readonly error?: { readonly code: string } };
  return { status: response.status, code: body.error?.code ?? null, body };
}
