import type { AccountQuery, DirectoryLookup, Transaction } from "@muster/provisioning-engine/ports";
import { describe, expect, it } from "vitest";
import { type Connection, openConnection } from "../../src/sqlite/driver.ts";
import { migrate } from "../../src/sqlite/migrate.ts";
import { createRepositories } from "../../src/sqlite/repositories.ts";
import type { Sql, SqlParameters } from "../../src/sqlite/sql.ts";
import { inTransaction } from "../../src/sqlite/transaction.ts";
import { aDevice, anAccount, aTenant, aUser } from "./records.ts";

const lookups: readonly DirectoryLookup[] = [
  { attribute: "id", value: "a" },
  { attribute: "externalId", value: "a" },
  { attribute: "userName", value: "a" },
  { attribute: "emails", value: "a" },
  { attribute: "displayName", value: "a" },
  { attribute: "uniqueKeys", value: "a" },
];
const resourceLookups: readonly DirectoryLookup[] = lookups.filter(({ attribute }) =>
  ["id", "externalId", "uniqueKeys"].includes(attribute),
);
const accountQueries: readonly Partial<AccountQuery>[] = [
  {},
  { kind: "user", active: true },
  { connectionId: "connection" },
  { connectionId: "connection", text: "ada" },
];

/** Everything that is asked once per request, sign-in, change or page. */
async function ask(tx: Transaction): Promise<void> {
  for (const lookup of [[], ...lookups.map((one) => [one]), lookups.slice(0, 4)]) {
    for (const directory of [tx.users, tx.groups]) {
      await directory.find({ connectionId: "connection", lookups: lookup, offset: 5, limit: 10 });
      await directory.count("connection", lookup);
    }
    await tx.resources.find({ connectionId: "connection", type: "Device", lookups: lookup, offset: 5, limit: 10 });
    await tx.resources.count("connection", "Device", lookup);
  }
  await tx.resources.find({ connectionId: "connection", type: "Device", lookups: resourceLookups, limit: 10 });
  for (const query of accountQueries) await tx.accounts.find({ tenantId: "acme", limit: 10, ...query });
  await tx.users.insert(aUser("ada"));
  await tx.users.update(aUser("ada", { version: 2 }));
  await tx.users.retained("connection", { externalId: "a", userName: "a" });
  await tx.accounts.update(anAccount("ada", { version: 2 }));
  await tx.accounts.getMany("acme", ["ada"]);
  await tx.accounts.byUserName("acme", "ada");
  await tx.accounts.byEmail("acme", "ada");
  await tx.accounts.bySamlNameId("acme", "ada");
  await tx.overlays.getMany("acme", ["ada"]);
  await tx.overlays.withRole("acme", "Owner");
  await tx.tenants.update(aTenant("acme", { version: 2 }));
  await tx.tenants.children("acme");
  await tx.tenants.list({ limit: 10 });
  await tx.connections.metadataDue("2026", 10);
  await askMembers(tx);
  await askSeatsAndGroups(tx);
  await askLogs(tx);
  await askWebhooks(tx);
  await askResources(tx);
}

async function askResources({ resources }: Transaction): Promise<void> {
  const device = aDevice("phone");
  await resources.insert(device);
  await resources.insert({ ...device, id: "tablet" });
  await resources.update({ ...device, uniqueKeys: ["other"], version: 2 });
  await resources.get("connection", "Device", "phone");
  await resources.delete("connection", "Device", "phone");
}

async function askMembers({ members, groups }: Transaction): Promise<void> {
  for (const inEffect of [true, false]) {
    await members.add("connection", "group", ["ada"], { inEffect });
    await members.remove("connection", "group", ["ada"], { inEffect });
    await members.replace("connection", "group", ["ada"], { inEffect });
  }
  await members.page("connection", "group", { limit: 10 });
  await members.effective("connection", "group", { limit: 10 });
  await members.has("connection", "group", "ada");
  await members.groupsOf("connection", "ada", "inDirectory");
  await members.groupsOf("connection", "ada", "inEffect");
  await members.removeUser("connection", "ada");
  await members.settle("connection");
  await groups.delete("connection", "group");
}

async function askSeatsAndGroups({ seats, localGroups }: Transaction): Promise<void> {
  await seats.take({ tenantId: "acme", accountId: "ada", kind: "user", at: "2026" }, 1, "wait");
  await seats.admitNext("acme", "user", 1);
  await seats.count("acme");
  await seats.getMany("acme", ["ada"]);
  await seats.release("acme", "ada");
  await seats.clear("acme");
  await localGroups.list("acme");
  await localGroups.membershipsOf("acme", ["ada"]);
  await localGroups.membersOf("acme", "group");
  await localGroups.delete("acme", "group");
}

async function askLogs(tx: Transaction): Promise<void> {
  const { audit, syncEvents, signIns, changes, failures, oneTime, secrets } = tx;
  for (const slice of [{ limit: 10 }, { limit: 10, after: "5" }]) {
    await signIns.page("acme", slice);
    await audit.page("acme", slice);
    await syncEvents.page("acme", slice);
    await changes.read("acme", slice);
  }
  await signIns.keep("acme", true, 5);
  const cut = { before: "2026", unreadBefore: "2025", consumers: ["listeners"], limit: 10 };
  await changes.trim("acme", cut);
  await audit.trim("acme", "2026", 10);
  await syncEvents.trim("acme", "2026", 10);
  await changes.last("acme");
  await changes.cursor("acme", "listener");
  for (const open of [undefined, true, false]) await failures.list("acme", { open, limit: 10 });
  await failures.resolve("acme", { type: "User", key: "ada" }, "2026", ["duplicate"]);
  await failures.countOpen("acme");
  await failures.trim("acme", "2026", 10);
  await oneTime.put("connection", "request", "key", null, "2026", "2025");
  await oneTime.take("connection", "request", "key", "2025");
  await oneTime.sweep("2025");
  await secrets.settle("connection", "cursors", "secret");
}

async function askWebhooks({ webhooks, deliveries }: Transaction): Promise<void> {
  await webhooks.list("acme");
  await webhooks.touch("acme", "hook", "2026");
  for (const state of [undefined, "dead"] as const) {
    await deliveries.page("acme", "hook", { state, after: "a", limit: 10 });
  }
  await deliveries.claim("acme", "hook", "2026", "2027");
  await deliveries.nextDue("acme", "hook");
  await deliveries.revive("acme", "hook", "2026", "2027");
  await deliveries.trim("acme", "hook", "2026", 10);
  await webhooks.delete("acme", "hook");
}

/** Runs the work, and gives the statements that it ran. */
async function recordStatements(
  connection: Connection,
  work: (tx: Transaction) => Promise<void>,
): Promise<ReadonlyMap<string, SqlParameters>> {
  const statements = new Map<string, SqlParameters>();
  await inTransaction(connection, 0, async (sql) => {
    const recording: Sql = {
      all: (statement, parameters) => sql.all(noted(statement, parameters), parameters),
      first: (statement, parameters) => sql.first(noted(statement, parameters), parameters),
      insert: (statement, parameters, conflicts) => sql.insert(noted(statement, parameters), parameters, conflicts),
      update: (statement, parameters, conflicts) => sql.update(noted(statement, parameters), parameters, conflicts),
    };
    await work(createRepositories(recording));
  });
  return statements;

  function noted(statement: string, parameters: SqlParameters): string {
    statements.set(statement, parameters);
    return statement;
  }
}

interface PlanStep {
  readonly detail: string;
}

/** What may be read by tenant or connection alone, since all of it or its first rows are asked for. */
const BY_OWNER: readonly string[] = [
  "SEARCH audit USING INDEX audit_by_tenant (tenant_id=?)",
  "SEARCH changes USING COVERING INDEX changes_by_tenant (tenant_id=?)",
  "SEARCH changes USING INDEX changes_by_tenant (tenant_id=?)",
  "SEARCH directory_counts USING PRIMARY KEY (connection_id=?)",
  "SEARCH failures USING INDEX failures_by_last_seen (tenant_id=?)",
  "SEARCH failures USING INDEX failures_open_by_last_seen (tenant_id=?)",
  "SEARCH local_groups USING INDEX sqlite_autoindex_local_groups_1 (tenant_id=?)",
  "SEARCH members USING INDEX members_unsettled (connection_id=?)",
  "SEARCH seat_counts USING PRIMARY KEY (tenant_id=?)",
  "SEARCH seats USING PRIMARY KEY (tenant_id=?)",
  "SEARCH sign_ins USING INDEX sign_ins_by_tenant (tenant_id=?)",
  "SEARCH sync_events USING INDEX sync_events_by_tenant (tenant_id=?)",
  "SEARCH webhooks USING PRIMARY KEY (tenant_id=?)",
];

/** Steps that read a whole table, a whole tenant or a whole connection. */
function wideSteps(connection: Connection, statement: string, parameters: SqlParameters): readonly string[] {
  const steps = connection.all(`explain query plan ${statement}`, parameters) as readonly PlanStep[];
  return steps
    .map(({ detail }) => detail)
    .filter((detail) => isScan(detail) || / \((tenant_id|connection_id)=\?\)$/.test(detail));
}

/** Lists that came as a parameter, and the few rows of a bounded subquery, are read from one end to the other. */
function isScan(detail: string): boolean {
  return (
    detail.startsWith("SCAN") && !/^SCAN ((json_each|given) VIRTUAL TABLE|CONSTANT ROW|\(subquery-\d+\)$)/.test(detail)
  );
}

describe("query plans", () => {
  it("find every row by an index, however large the tenant", async () => {
    const connection = openConnection(":memory:");
    await migrate(connection, 0);
    const statements = await recordStatements(connection, ask);
    expect(statements.size).toBeGreaterThan(80);
    const wide = [...statements].flatMap(([statement, parameters]) => wideSteps(connection, statement, parameters));
    expect([...new Set(wide)].sort()).toEqual(BY_OWNER);
  });

  it("are few: the number of statements does not grow with the number and order of look-ups", async () => {
    const connection = openConnection(":memory:");
    await migrate(connection, 0);
    const shuffled = [3, 1, 0, 2, 3, 3].flatMap((index) => lookups[index] ?? []);
    const statements = await recordStatements(connection, async ({ users }) => {
      for (let length = 0; length <= shuffled.length; length += 1) {
        await users.find({ connectionId: "connection", lookups: shuffled.slice(0, length), limit: 10 });
        await users.find({ connectionId: "connection", lookups: shuffled.slice(0, length).toReversed(), limit: 10 });
      }
    });
    expect(statements.size).toBe(5);
  });
});
