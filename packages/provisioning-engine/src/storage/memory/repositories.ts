/**
 * The repositories of one database, over tables that share a journal.
 *
 * @module
 */
import type { Transaction } from "../../ports/index.ts";
import { createAccounts } from "./accounts.ts";
import { createChanges } from "./changes.ts";
import { createConnections, createCredentials } from "./connections.ts";
import { createDirectoryGroups } from "./directory-groups.ts";
import { createUsers, createUserTable } from "./directory-users.ts";
import { createFailures } from "./failures.ts";
import type { Journal } from "./journal.ts";
import { createLocalGroups } from "./local-groups.ts";
import { createLogRepository } from "./log.ts";
import { createMembers, createMemberTable } from "./members.ts";
import { createOneTime } from "./one-time.ts";
import { createOverlays } from "./overlays.ts";
import { createResources } from "./resources.ts";
import { createSeats } from "./seats.ts";
import { createSecrets } from "./secrets.ts";
import { createSignIns } from "./sign-ins.ts";
import { createTenants } from "./tenants.ts";
import { createDeliveries, createDeliveryTable, createWebhooks } from "./webhooks.ts";

export function createRepositories(journal: Journal): Transaction {
  const users = createUserTable(journal);
  const members = createMemberTable(journal);
  const deliveries = createDeliveryTable(journal);
  return {
    tenants: createTenants(journal),
    connections: createConnections(journal),
    credentials: createCredentials(journal),
    users: createUsers(users),
    groups: createDirectoryGroups(journal, members),
    members: createMembers(members, users),
    resources: createResources(journal),
    accounts: createAccounts(journal),
    overlays: createOverlays(journal),
    seats: createSeats(journal),
    localGroups: createLocalGroups(journal),
    syncEvents: createLogRepository(journal),
    failures: createFailures(journal),
    audit: createLogRepository(journal),
    changes: createChanges(journal),
    oneTime: createOneTime(journal),
    secrets: createSecrets(journal),
    signIns: createSignIns(journal),
    webhooks: createWebhooks(journal, deliveries),
    deliveries: createDeliveries(deliveries),
  };
}
