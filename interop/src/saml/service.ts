/**
 * The service that identity providers are tried on: a host of `@muster/saml-sp/http` on 127.0.0.1 with one connection,
 * which keeps who signed in, who was refused and whose sessions ended.
 *
 * @module
 */
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
import { withServerOn } from "./local-server.ts";
import { memoryReplayStore, memoryRequestStore } from "./memory-stores.ts";
import { readSession, sessionCookie, takenBackCookie } from "./session-cookie.ts";

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

/** Starts a service for `use`, and stops it afterwards. */
export function withService<Result>(use: (service: SamlService) => Promise<Result>): Promise<Result> {
  return withServerOn((server, origin) => {
    const { service, fetch } = createService(`${origin}/saml`);
    server.on("request", nodeHandler({ fetch }));
    return use(service);
  });
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

function hostOf(
  service: Pick<SamlService, "serviceProvider" | "signIns" | "ended">,
): Omit<SamlConnection, "identityProvider" | "allowIdpInitiated"> {
  return {
    serviceProvider: service.serviceProvider,
    requestStore: memoryRequestStore<OutstandingRequest>(),
    replayStore: memoryReplayStore(),
    signIn: async (claims, returnTo) => {
      const cookie = sessionCookie(service.signIns.push(claims));
      return new Response(null, { status: 303, headers: { location: returnTo ?? "/", "set-cookie": cookie } });
    },
    logout: {
      requestStore: memoryRequestStore<OutstandingLogout>(),
      signOut: async (request) => ({
        session: service.signIns[readSession(request) - 1],
        headers: new Headers({ "set-cookie": takenBackCookie() }),
      }),
      endSessions: async (ended) => {
        service.ended.push(ended);
        return new Headers({ "set-cookie": takenBackCookie() });
      },
      defaultReturnPath: "/",
    },
  };
}
