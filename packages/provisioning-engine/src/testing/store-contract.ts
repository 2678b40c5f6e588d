/**
 * The contract as a suite: every case on its own empty store.
 *
 * @module
 */
import type { Store } from "../ports/index.ts";
import { accountCases } from "./cases/accounts.ts";
import { changeCases } from "./cases/changes.ts";
import { concurrencyCases } from "./cases/concurrency.ts";
import { connectionCases } from "./cases/connections.ts";
import { directoryGroupCases } from "./cases/directory-groups.ts";
import { directoryQueryCases } from "./cases/directory-queries.ts";
import { directoryUserCases } from "./cases/directory-users.ts";
import { durabilityCases } from "./cases/durability.ts";
import { failureCases } from "./cases/failures.ts";
import { isolationCases } from "./cases/isolation.ts";
import { localGroupCases } from "./cases/local-groups.ts";
import { logCases } from "./cases/logs.ts";
import { memberSideCases } from "./cases/member-sides.ts";
import { memberCases } from "./cases/members.ts";
import { oneTimeCases } from "./cases/one-time.ts";
import { overlayCases } from "./cases/overlays.ts";
import { resourceCases } from "./cases/resources.ts";
import { scaleCases } from "./cases/scale.ts";
import { seatCases } from "./cases/seats.ts";
import { secretCases } from "./cases/secrets.ts";
import { storeCases } from "./cases/store.ts";
import { tenantCases } from "./cases/tenants.ts";
import { transactionCases } from "./cases/transactions.ts";
import { valueCases } from "./cases/values.ts";
import { webhookCases } from "./cases/webhooks.ts";
import { type Cases, openWorld } from "./world.ts";

/** The part of a test runner that the kit needs: vitest, node:test, mocha and jest have it. */
export interface StoreContractRunner {
  describe(name: string, body: () => void): unknown;
  it(name: string, body: () => Promise<void>): unknown;
}

export interface StoreContractOptions {
  readonly runner: StoreContractRunner;
  /** An empty store, of which nobody else knows; the kit migrates it. Called once per case. */
  readonly newStore: () => Promise<Store> | Store;
  /** Closes a store and clears away what it leaves behind; `store.close()` when not given. */
  readonly closeStore?: (store: Store) => Promise<void>;
  /** Opens the data of a closed store again. A store that declares itself durable has to prove it here. */
  readonly reopenStore?: (closed: Store) => Promise<Store> | Store;
}

/**
 * Proves that a store keeps the contract of the store port. Decorators of a store are stores and are proven likewise.
 *
 * @param options the runner, and how to make a store
 * @example
 * import { describe, it } from "vitest";
 * testStoreContract({ runner: { describe, it }, newStore: () => memoryStore() });
 */
export function testStoreContract(options: StoreContractOptions): void {
  const { describe, it } = options.runner;
  for (const [section, cases] of Object.entries(sections(options))) {
    describe(section, () => {
      for (const [name, run] of Object.entries(cases)) it(name, () => withWorld(options, run));
    });
  }
}

function sections({ reopenStore }: StoreContractOptions): Readonly<Record<string, Cases>> {
  return {
    store: storeCases,
    transactions: transactionCases,
    concurrency: concurrencyCases,
    tenants: tenantCases,
    "connections and credentials": connectionCases,
    "directory users": directoryUserCases,
    "directory groups": directoryGroupCases,
    "directory queries": directoryQueryCases,
    resources: resourceCases,
    members: memberCases,
    "sides of a membership": memberSideCases,
    accounts: accountCases,
    overlays: overlayCases,
    seats: seatCases,
    "local groups": localGroupCases,
    logs: logCases,
    failures: failureCases,
    "change feed": changeCases,
    "one-time values": oneTimeCases,
    secrets: secretCases,
    webhooks: webhookCases,
    isolation: isolationCases,
    values: valueCases,
    scale: scaleCases,
    durability: durabilityCases(reopenStore),
  };
}

async function withWorld({ newStore, closeStore }: StoreContractOptions, run: Cases[string]): Promise<void> {
  const store = await newStore();
  try {
    await run(await openWorld(store));
  } finally {
    await (closeStore?.(store) ?? store.close());
  }
}
