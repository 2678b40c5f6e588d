/**
 * The service that identity providers are tried on: a host of `@muster/saml-sp/http` on 127.0.0.1 with one connection,
 * which keeps who signed in, who was refused and whose sessions ended.
 *
 * @module
 */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type {
  AuthnRequestPreferences,
  EndedSessions,
  IdentityProviderSettings,
  OutstandingLogout,
  OutstandingRequest,
  SamlError,
  ServiceProviderSettings,
  SignedClaims,
} from "@muster/saml-sp";
import { createSamlHandler, type SamlConnection, type SamlEndpoint } from "@muster/saml-sp/http";
import { TEST_KEY_PAIRS } from "@muster/saml-sp/testing";
import { nodeHandler } from "@muster/transport-node";
import { memoryReplayStore, memoryRequestStore } from "./memory-stores.ts";

/** What the connection is set to; checks change it between two requests, as an admin would. */
export interface Terms {
  readonly identityProvider?: IdentityProviderSettings;
  readonly allowIdpInitiated?: boolean;
  readonly authnRequest?: AuthnRequestPreferences;
}

export interface SamlService {
  readonly serviceProvider: ServiceProviderSettings;
  readonly signInUrl: string;
  readonly signOutUrl: string;
  readonly metadataUrl: string;
  /** Replaces what the connection was set to. */
  set(terms: Terms): void;
  readonly signIns: SignedClaims[];
  readonly refusals: SamlError[];
  readonly ended: EndedSessions[];
}

const COOKIE = "session";

/** Starts a service, and stops it when `use` is done. */
export async function withService<Result>(use: (service: SamlService) => Promise<Result>): Promise<Result> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const { service, fetch } = createService(`http://127.0.0.1:${port}/saml`);
  server.on("request", nodeHandler({ fetch }));
  try {
    return await use(service);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

function createService(url: string) {
  const serviceProvider = serviceProviderAt(url);
  const service = { serviceProvider, signIns: [], refusals: [], ended: [] } as Pick<
    SamlService,
    "serviceProvider" | "signIns" | "refusals" | "ended"
  >;
  const host = hostOf(service);
  let terms: Terms = {};
  const handle = createSamlHandler({
    connection: async () => ({ identityProvider: undefined, allowIdpInitiated: false, ...host, ...terms }),
    clock: () => new Date(),
    onRefused: ({ error }) => void service.refusals.push(error),
    onError: (error) => void process.stderr.write(`The service failed: ${String(error)}\n`),
  });
  return {
    service: {
      ...service,
      signInUrl: `${url}/sign-in`,
      signOutUrl: `${url}/sign-out`,
      metadataUrl: `${url}/metadata`,
      set: (given: Terms) => {
        terms = given;
      },
    },
    fetch: async (request: Request): Promise<Response> => {
      const endpoint = new URL(request.url).pathname.replace("/saml/", "");
      return isEndpoint(endpoint) ? handle(request, "c1", endpoint) : new Response("A page of the host.\n");
    },
  };
}

function serviceProviderAt(url: string): ServiceProviderSettings {
  const keys = [TEST_KEY_PAIRS.serviceProvider];
  return { entityId: url, acsUrl: `${url}/acs`, sloUrl: `${url}/slo`, signingKeys: keys, decryptionKeys: keys };
}

function isEndpoint(text: string): text is SamlEndpoint {
  return ["sign-in", "acs", "metadata", "sign-out", "slo"].includes(text);
}

/** Sessions are the numbers of the sign-ins that began them. */
function hostOf(
  service: Pick<SamlService, "serviceProvider" | "signIns" | "ended">,
): Omit<SamlConnection, "identityProvider" | "allowIdpInitiated"> {
  return {
    serviceProvider: service.serviceProvider,
    requestStore: memoryRequestStore<OutstandingRequest>(),
    replayStore: memoryReplayStore(),
    signIn: async (claims, returnTo) => {
      const cookie = `${COOKIE}=${service.signIns.push(claims)}; Path=/`;
      return new Response(null, { status: 303, headers: { location: returnTo ?? "/", "set-cookie": cookie } });
    },
    logout: {
      requestStore: memoryRequestStore<OutstandingLogout>(),
      signOut: async (request) => {
        const [, number] = /\bsession=(\d+)/.exec(request.headers.get("cookie") ?? "") ?? [];
        return { session: service.signIns[Number(number ?? 0) - 1], headers: cookieTakenBack() };
      },
      endSessions: async (ended) => {
        service.ended.push(ended);
        return cookieTakenBack();
      },
      defaultReturnPath: "/",
    },
  };
}

function cookieTakenBack(): Headers {
  return new Headers({ "set-cookie": `${COOKIE}=; Path=/; Max-Age=0` });
}
