/**
 * The repositories of one transaction.
 *
 * @module
 */
import type { Transaction } from "@muster/provisioning-engine/ports";
import { createAccounts } from "./accounts.ts";
import { createAudit } from "./audit.ts";
import { createChanges } from "./changes.ts";
import { createConnections, createCredentials } from "./connections.ts";
import { createDeliveries } from "./deliveries.ts";
import { createDirectoryGroups } from "./directory-groups.ts";
import { createUsers } from "./directory-users.ts";
import { createFailures } from "./failures.ts";
import { createLocalGroups } from "./local-groups.ts";
import { createMembers } from "./members.ts";
import { createOneTime } from "./one-time.ts";
import { createOverlays } from "./overlays.ts";
import { createResources } from "./resources.ts";
import { createSeats } from "./seats.ts";
import { createSecrets } from "./secrets.ts";
import { createSignIns } from "./sign-ins.ts";
import type { Sql } from "./sql.ts";
import { createSyncEvents } from "./sync-events.ts";
import { createTenants } from "./tenants.ts";
import { createWebhooks } from "./webhooks.ts";

export function createRepositories(sql: Sql): Transaction {
  return {
    tenants: createTenants(sql),
    connections: createConnections(sql),
    credentials: createCredentials(sql),
    users: createUsers(sql),
    groups: createDirectoryGroups(sql),
    members: createMembers(sql),
    resources: createResources(sql),
    accounts: createAccounts(sql),
    overlays: createOverlays(sql),
    seats: createSeats(sql),
    localGroups: createLocalGroups(sql),
    syncEvents: createSyncEvents(sql),
    failures: createFailures(sql),
    audit: createAudit(sql),
    changes: createChanges(sql),
    oneTime: createOneTime(sql),
    secrets: createSecrets(sql),
    signIns: createSignIns(sql),
    webhooks: createWebhooks(sql),
    deliveries: createDeliveries(sql),
  };
}
