import { createProvisioning, type Provisioning, type ProvisioningOptions } from "@muster/provisioning-engine";
import { sqliteStore } from "../../src/sqlite/index.ts";

export interface EngineProcess {
  readonly provisioning: Provisioning;
  stop(): Promise<void>;
}

const SILENT = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** An engine with a connection of its own to the database file, as in a process of its own. */
export function startEngine(
  path: string,
  options: Pick<ProvisioningOptions, "hooks" | "scim" | "webhooks">,
): EngineProcess {
  const store = sqliteStore({ path });
  const provisioning = createProvisioning({ url: "http://localhost:3000", store, logger: SILENT, ...options });
  return {
    provisioning,
    stop: async () => {
      await provisioning.close();
      await store.close();
    },
  };
}
