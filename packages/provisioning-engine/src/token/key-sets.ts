/**
 * Key sets of issuers, fetched and kept for a while. What is asked of the network is bounded, whatever tokens come: one
 * request at a time per address, and none within half a minute of the last.
 *
 * @module
 */
import { ProvisioningError } from "../errors.ts";
import type { Clock, Logger } from "../ports/index.ts";
import { type FetchKeys, fetchKeys } from "./fetch-keys.ts";
import { type KeySet, keySetOf } from "./json-web-token.ts";

/** Which keys are had from where. */
export interface KeySets {
  /** Whether the host lets keys be fetched from this address. */
  allows(address: string): boolean;
  /**
   * The keys at an address, some minutes old at most, or an hour while they cannot be fetched.
   *
   * @throws {ProvisioningError} `unavailable`
   */
  current(address: string): Promise<KeySet>;
  /**
   * The keys there after somebody met one that is not among the current ones.
   *
   * @throws {ProvisioningError} `unavailable`
   */
  renewed(address: string): Promise<KeySet>;
}

export interface KeySetsOptions {
  /** Hosts that keys may be fetched from. */
  readonly hosts: readonly string[];
  readonly fetch: FetchKeys;
  readonly clock: Clock;
  readonly logger: Logger;
}

interface Entry {
  keys: KeySet | undefined;
  /** Milliseconds; when `keys` were fetched. */
  fetchedAt: number;
  /** When a request began last, whatever came of it. */
  triedAt: number;
  failed: boolean;
  pending: Promise<void> | undefined;
}

const FRESH_MS = 10 * 60_000;
const USABLE_MS = 60 * 60_000;
const PAUSE_MS = 30_000;
/** Addresses are chosen by admins of tenants: the longest unused goes. */
const MOST_ADDRESSES = 1000;

/** @returns key sets that this engine alone keeps */
export function createKeySets({ hosts, fetch, clock, logger }: KeySetsOptions): KeySets {
  const entries = new Map<string, Entry>();
  const now = () => clock().getTime();
  const allows = (address: string) => isAllowed(hosts, address);
  const refresh = (address: string, entry: Entry): Promise<void> => {
    if (now() - entry.triedAt < PAUSE_MS) return entry.pending ?? Promise.resolve();
    entry.triedAt = now();
    entry.pending = renew(entry, fetch, address, now).catch((error: unknown) => {
      entry.failed = true;
      logger.warn({ address, error: String(error) }, "The keys of a token issuer cannot be fetched.");
    });
    return entry.pending;
  };
  const open = (address: string): Entry => {
    if (!allows(address)) throw notAllowed();
    return entryOf(entries, address);
  };
  return {
    allows,
    current: async (address) => {
      const entry = open(address);
      if (now() - entry.fetchedAt >= FRESH_MS) await refresh(address, entry);
      if (entry.keys === undefined || now() - entry.fetchedAt >= USABLE_MS) throw unreachable();
      return entry.keys;
    },
    renewed: async (address) => {
      const entry = open(address);
      await refresh(address, entry);
      if (entry.keys === undefined || entry.failed) throw unreachable();
      return entry.keys;
    },
  };
}

/** `https` alone, and the whole host: nothing that begins or ends alike. */
function isAllowed(hosts: readonly string[], address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host, username, password } = new URL(address);
  return protocol === "https:" && username === "" && password === "" && hosts.includes(host);
}

async function renew(entry: Entry, fetch: FetchKeys, address: string, now: () => number): Promise<void> {
  entry.keys = keySetOf(await fetchKeys(fetch, address));
  entry.fetchedAt = now();
  entry.failed = false;
}

/** The entry of an address, which is the youngest from now on. */
function entryOf(entries: Map<string, Entry>, address: string): Entry {
  const entry = entries.get(address) ?? {
    keys: undefined,
    fetchedAt: Number.NEGATIVE_INFINITY,
    triedAt: Number.NEGATIVE_INFINITY,
    failed: false,
    pending: undefined,
  };
  entries.delete(address);
  entries.set(address, entry);
  const [oldest] = entries.keys();
  if (entries.size > MOST_ADDRESSES && oldest !== undefined) entries.delete(oldest);
  return entry;
}

function notAllowed(): ProvisioningError {
  return new ProvisioningError("unavailable", "Keys may not be fetched from the address that the connection names.", {
    hint: "Add its host to the option scim.jwks.hosts of createProvisioning, or change scimJwt of the connection.",
  });
}

function unreachable(): ProvisioningError {
  return new ProvisioningError("unavailable", "The keys of the token issuer cannot be had now. Try again later.");
}
