import { expect, it } from "vitest";
import { listAccounts } from "../../src/account/account-list.ts";
import type { Reader } from "../../src/account/group-role.ts";
import { effectiveConnection } from "../../src/connection/effective-connection.ts";
import { memoryStore } from "../../src/index.ts";
import { DEFAULT_ROLE_ORDER } from "../../src/role-rule/role-rank.ts";
import { USER } from "../model/resources.ts";
import { openWorld, ROOT } from "../model/world.ts";

/** `pnpm fuzz family` takes 10,000, and with them 100 children. */
const PEOPLE = Number(process.env.FAMILY_PEOPLE ?? 300);
const CHILDREN = Array.from({ length: Math.ceil(PEOPLE / 100) }, (_, n) => `child-${n}`);

async function countActive(reader: Reader, tenant: string): Promise<number> {
  const connection = await effectiveConnection(reader.tx, tenant);
  let count = 0;
  for (let cursor: string | undefined, more = true; more; ) {
    const page = await listAccounts(reader, connection, { status: "active", limit: 500, ...(cursor && { cursor }) });
    count += page.items.length;
    cursor = page.nextCursor;
    more = cursor !== undefined;
  }
  return count;
}

it(`R102, R105: ${PEOPLE} people are in ${CHILDREN.length} children within one transaction`, {
  timeout: 3_600_000,
}, async () => {
  const store = memoryStore();
  const world = await openWorld(store);
  const inAll = () =>
    store.transaction({ tenantId: null }, async (tx) => {
      const counts: number[] = [];
      for (const child of CHILDREN)
        counts.push(await countActive({ tx, context: { roleOrder: DEFAULT_ROLE_ORDER } }, child));
      return counts;
    });
  const push = (n: number) =>
    world.push({ method: "POST", path: "/Users", body: { schemas: [USER], userName: `p${n}@acme.test` } });
  for (const id of CHILDREN) await world.admin().tenants.create({ id, parent: ROOT });
  for (let n = 0; n < PEOPLE; n++) expect((await push(n)).status).toBe(201);
  expect(await inAll()).toEqual(CHILDREN.map(() => PEOPLE));
  const [account] = (await world.admin().accounts.list(ROOT, { limit: 1 })).items;
  const [user] = (await world.read()).get(ROOT)?.users.filter(({ accountId }) => accountId === account?.id) ?? [];
  expect((await world.push({ method: "DELETE", path: `/Users/${user?.id}` })).status).toBe(204);
  expect(await inAll()).toEqual(CHILDREN.map(() => PEOPLE - 1));
  await world.close();
});
