/**
 * A host of the whole engine on 127.0.0.1: one tenant on the memory store, whose sessions are cookies.
 *
 * @module
 */
import {
  createProvisioning,
  type EstablishedSignIn,
  memoryStore,
  type Provisioning,
} from "@muster/provisioning-engine";
import type { EndedSessions } from "@muster/saml-sp";
import { TEST_KEY_PAIRS } from "@muster/saml-sp/testing";
import { nodeHandler } from "@muster/transport-node";
import { withServerOn } from "./local-server.ts";
import { readSession, sessionCookie, takenBackCookie } from "./session-cookie.ts";

export interface EngineHost {
  readonly provisioning: Provisioning;
  readonly tenant: string;
  readonly established: readonly EstablishedSignIn[];
  readonly ended: readonly EndedSessions[];
}

const TENANT = "acme";
const SILENT = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** Starts the host for `use`, and stops it afterwards. */
export function withEngine<Result>(use: (host: EngineHost) => Promise<Result>): Promise<Result> {
  return withServerOn(async (server, origin) => {
    const host = createHost(`${origin}/provisioning`);
    server.on("request", nodeHandler(host.provisioning));
    await host.provisioning.admin.tenants.create({ id: TENANT });
    try {
      return await use(host);
    } finally {
      await host.provisioning.close();
    }
  });
}

function createHost(url: string): EngineHost {
  const established: EstablishedSignIn[] = [];
  const ended: EndedSessions[] = [];
  const keys = [TEST_KEY_PAIRS.serviceProvider];
  const provisioning = createProvisioning({
    url,
    store: memoryStore(),
    logger: SILENT,
    sso: {
      signingKeys: keys,
      decryptionKeys: keys,
      establishSession: (signIn) => ({ headers: { "set-cookie": sessionCookie(established.push(signIn)) } }),
      signOut: ({ request }) => ({
        session: established[readSession(request) - 1],
        headers: { "set-cookie": takenBackCookie() },
      }),
      endSessions: (sessions) => {
        ended.push(sessions);
        return { headers: { "set-cookie": takenBackCookie() } };
      },
    },
  });
  return { provisioning, tenant: TENANT, established, ended };
}
