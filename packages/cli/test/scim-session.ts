/** A SCIM client of acme on a store of either kind, for tests of what is served there. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type RunningServer, type ServerOptions, startServer, type TenantDescription } from "../src/index.ts";
import { SILENT_LOGGER } from "../src/logger.ts";

export const STORES = ["memory", "sqlite"] as const;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests read whatever JSON an answer has
  readonly body: any;
}

export interface ScimSession {
  readonly server: RunningServer;
  readonly tenant: TenantDescription;
  readonly scim: NonNullable<TenantDescription["scim"]>;
  /** As acme's provider. */
  send(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  patch(path: string, ...operations: readonly object[]): Promise<Answer>;
  close(): Promise<void>;
}

export async function openScimSession(
  store: (typeof STORES)[number],
  options: Partial<ServerOptions> = {},
): Promise<ScimSession> {
  const folder = mkdtempSync(join(tmpdir(), "muster-scim-"));
  const server = await startServer({
    host: "127.0.0.1",
    port: 0,
    store: store === "memory" ? "memory:" : `sqlite:${join(folder, "dev.db")}`,
    seed: { allowIdpInitiated: false },
    logger: SILENT_LOGGER,
    ...options,
  });
  const [tenant] = server.description.tenants;
  if (tenant?.scim == null) throw new Error("acme has no SCIM access.");
  const { scim } = tenant;
  const send: ScimSession["send"] = async (method, path, body, headers = {}) => {
    const response = await fetch(scim.baseUrl + path, {
      method,
      headers: { authorization: `Bearer ${scim.token}`, "content-type": "application/scim+json", ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: text === "" ? undefined : JSON.parse(text),
    };
  };
  return {
    server,
    tenant,
    scim,
    send,
    patch: (path, ...Operations) =>
      send("PATCH", path, { schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], Operations }),
    close: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
