/**
 * A process that writes: each transaction adds a tenant, a change and one to a counter, and is told on stdout when its
 * commit was acknowledged. Arguments: the database file, the writer's name, how many transactions.
 */
import { sqliteStore } from "../../src/sqlite/index.ts";
import { aTenant } from "./records.ts";

const [path = "", name = "", times = "0"] = process.argv.slice(2);
const store = sqliteStore({ path, busyTimeoutMs: 20_000 });
await store.migrate();

for (let count = 0; count < Number(times); count += 1) {
  const id = `${name}-${count}`;
  await store.transaction({ tenantId: null }, async (tx) => {
    await tx.tenants.insert(aTenant(id));
    await tx.changes.append({
      tenantId: "counter",
      id,
      at: "2026-01-01T00:00:00.000Z",
      type: "tenant.created",
      actor: { type: "job", id: name },
      accountId: null,
      groupId: null,
      data: null,
    });
    const counter = await tx.tenants.get("counter");
    if (counter === null) await tx.tenants.insert(aTenant("counter"));
    else await tx.tenants.update({ ...counter, version: counter.version + 1 });
  });
  process.stdout.write(`${id}\n`);
}
await store.close();
