/**
 * Starts and stops the example host: open the store, listen, migrate, seed, describe; and backwards.
 *
 * @module
 */
import { randomBytes } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { KeyPair, Logger, Provisioning, ResourceType, Store } from "@muster/provisioning-engine";
import { openStore } from "../store-url.ts";
import { describeServer, type ServerDescription } from "./description.ts";
import { createHost, type Host } from "./host.ts";
import { type HttpServer, listen } from "./http-server.ts";
import { type SeedOptions, seedAcme } from "./seed-acme.ts";

export interface ServerOptions {
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** A store URL, see `openStore`. */
  readonly store: string;
  /** What to seed, or nothing. */
  readonly seed?: SeedOptions | undefined;
  /** A random one when absent. */
  readonly adminToken?: string | undefined;
  /** RSA pairs that sign, and that assertions may be encrypted for: the current one first; none when absent. */
  readonly ssoKeys?: readonly KeyPair[] | undefined;
  /** Lets webhooks reach this machine and its network, also over `http:`; false when absent. */
  readonly allowPrivateWebhooks?: boolean | undefined;
  /** Served beside Users and Groups; none when absent. */
  readonly resourceTypes?: readonly ResourceType[] | undefined;
  readonly logger: Logger;
}

export interface RunningServer {
  readonly description: ServerDescription;
  readonly provisioning: Provisioning;
  /** A link that opens the console once without asking for the admin token. */
  consoleLink(): string;
  /** Accepts nothing more, finishes requests in flight, drains the change feed, closes the store. */
  stop(): Promise<void>;
}

/** Longest wait for requests in flight, then for the change feed: together under the five seconds that are promised. */
const REQUESTS_GRACE_MS = 2_500;
const FEED_GRACE_MS = 1_500;

/**
 * The example host on a port: what `muster serve` runs.
 *
 * @param options where it listens, where it keeps its data, and what it begins with
 * @throws {CliError} when the store or the address is not to be had
 * @throws {ProvisioningError} when the store cannot be migrated, or the identity provider's metadata is refused
 * @example
 * const server = await startServer({ host: "127.0.0.1", port: 0, store: "memory:", seed: {…}, logger });
 * console.log(server.description.baseUrl);
 * await server.stop();
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const store = openStore(options.store);
  const http = await listen(options).catch(async (error: unknown) => {
    await store.close();
    throw error;
  });
  const adminToken = options.adminToken ?? randomBytes(32).toString("base64url");
  const { ssoKeys, allowPrivateWebhooks = false, resourceTypes = [], logger } = options;
  const { url } = http;
  const host = createHost({ url, store, adminToken, ssoKeys, allowPrivateWebhooks, resourceTypes, logger });
  http.answer(host.fetch);
  const stop = () => stopServer(http, host, store);
  try {
    const description = await prepare(http.url, adminToken, host.provisioning, options.seed);
    return { description, provisioning: host.provisioning, consoleLink: host.consoleLink, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function prepare(
  url: string,
  adminToken: string,
  provisioning: Provisioning,
  seed: SeedOptions | undefined,
): Promise<ServerDescription> {
  await provisioning.ready();
  const admin = provisioning.admin.as({ type: "job", id: "seed" });
  const tenants = seed === undefined ? [] : await seedAcme(admin, seed);
  return describeServer(url, adminToken, admin, tenants);
}

async function stopServer(http: HttpServer, { provisioning }: Host, store: Store): Promise<void> {
  await http.close(REQUESTS_GRACE_MS);
  try {
    await within(FEED_GRACE_MS, provisioning.close());
  } finally {
    await store.close();
  }
}

/** Waits for `work`, but not longer: what is left in the feed is picked up by its cursor at the next start. */
async function within(milliseconds: number, work: Promise<void>): Promise<void> {
  const patience = new AbortController();
  const enough = delay(milliseconds, undefined, { signal: patience.signal }).catch(() => undefined);
  await Promise.race([work, enough]);
  patience.abort();
}
