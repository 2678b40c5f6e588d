import { createSamlHandler, type SamlConnection, type SamlHandlerOptions } from "../../src/http/index.ts";
import type { SignedClaims } from "../../src/response.ts";
import {
  createTestIdentityProvider,
  type RespondOptions,
  TEST_KEY_PAIRS,
  type TestIdentityProvider,
  type TestResponse,
} from "../../src/testing/index.ts";
import { memoryReplayStore, memoryRequestStore } from "./memory-stores.ts";

type Refusal = Parameters<NonNullable<SamlHandlerOptions["onRefused"]>>[0];

/** A host with two connections that trust the same identity provider, and what happened there. */
export interface World {
  readonly idp: TestIdentityProvider;
  /** By id: `c1`, `c2`. */
  readonly connections: Map<string, SamlConnection>;
  readonly signIns: { readonly claims: SignedClaims; readonly returnTo: string | undefined }[];
  readonly refusals: Refusal[];
  readonly faults: unknown[];
  clock: Date;
  send(method: string): (path: string) => Promise<Response>;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  post(path: string, body: NonNullable<RequestInit["body"]>, headers?: Record<string, string>): Promise<Response>;
  /** Starts a sign-in and returns the address that the browser is sent to. */
  ask(connectionId?: string, returnTo?: string): Promise<string>;
  /** The provider's answer for `c1`, to a fresh question unless `authnRequestUrl` or nothing was asked for. */
  respond(options?: Partial<RespondOptions>): TestResponse;
  deliver(answer: TestResponse, connectionId?: string): Promise<Response>;
}

const ORIGIN = "https://app.example";

/** @param overrides of connection `c1` */
export function createWorld(overrides: Partial<SamlConnection> = {}, limits: Partial<SamlHandlerOptions> = {}): World {
  const idp = createTestIdentityProvider({
    entityId: "https://idp.example/metadata",
    ssoUrl: "https://idp.example/sso",
    sloUrl: "https://idp.example/slo",
    clock: () => world.clock,
  });
  const connection = (id: string): SamlConnection => ({
    serviceProvider: {
      entityId: `${ORIGIN}/saml/${id}`,
      acsUrl: `${ORIGIN}/saml/${id}/acs`,
      decryptionKeys: [TEST_KEY_PAIRS.serviceProvider],
    },
    identityProvider: idp.settings,
    allowIdpInitiated: false,
    requestStore: memoryRequestStore(() => world.clock),
    replayStore: memoryReplayStore(),
    signIn: async (claims, returnTo) => {
      world.signIns.push({ claims, returnTo });
      return new Response(null, { status: 303, headers: { location: returnTo ?? "/me", "set-cookie": "session=1" } });
    },
  });
  const connections = new Map([
    ["c1", { ...connection("c1"), ...overrides }],
    ["c2", connection("c2")],
  ]);
  const handler = createSamlHandler({
    connection: async (id) => connections.get(id),
    clock: () => world.clock,
    onRefused: (refusal) => void world.refusals.push(refusal),
    onError: (error) => void world.faults.push(error),
    ...limits,
  });
  const send = (path: string, init: RequestInit) => {
    const [, , connectionId = "", endpoint] = new URL(path, ORIGIN).pathname.split("/");
    return handler(new Request(new URL(path, ORIGIN), init), connectionId, endpoint as "acs");
  };
  const world: World = {
    idp,
    connections,
    signIns: [],
    refusals: [],
    faults: [],
    clock: new Date("2026-03-01T12:00:00.000Z"),
    send: (method) => (path) => send(path, { method }),
    get: (path, headers = {}) => send(path, { headers }),
    post: (path, body, headers = {}) =>
      send(path, { method: "POST", body, headers: { accept: "application/json", ...headers }, duplex: "half" }),
    ask: async (connectionId = "c1", returnTo = "/docs") => {
      const response = await world.get(`/saml/${connectionId}/sign-in?${new URLSearchParams({ returnTo })}`);
      return response.headers.get("location") ?? "";
    },
    respond: (options = {}) => {
      const { serviceProvider } = connection("c1");
      const attributes = { email: "ada@acme.example", name: "Ada" };
      return idp.respond({ serviceProvider, nameId: "ada@acme.example", attributes, ...options });
    },
    deliver: ({ samlResponse, relayState }, connectionId = "c1") =>
      world.post(
        `/saml/${connectionId}/acs`,
        new URLSearchParams({
          SAMLResponse: samlResponse,
          ...(relayState === undefined ? {} : { RelayState: relayState }),
        }),
      ),
  };
  return world;
}

/** The JSON body of a refusal. */
export async function refusalOf(response: Response): Promise<{ readonly code: string; readonly requestId: string }> {
  const { error } = (await response.json()) as { error: { code: string; message: string; requestId: string } };
  return error;
}
