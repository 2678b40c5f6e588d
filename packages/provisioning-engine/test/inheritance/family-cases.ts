/**
 * Many people, many children, many at once: what must hold of a family of tenants on any store.
 *
 * @module
 */
import { createTestIdentityProvider } from "@muster/saml-sp/testing";
import { expect, it } from "vitest";
import type { Store } from "../../src/ports/index.ts";
import { backfillConsumer } from "../../src/sync/consumer.ts";
import { USER } from "../model/resources.ts";
import type { State, TenantState } from "../model/state.ts";
import { tenantState } from "../model/step.ts";
import { openWorld, ROOT, STRANGER, TEAM, type World } from "../model/world.ts";

const PEOPLE = 300;
const CHILDREN = ["acme-docs", "acme-help", "acme-kb"];

/** The first child has too few seats, the second enough, the third no limit. */
const LIMITS = [{ user: 100 }, { user: 1000, reader: 1000 }, {}];

async function link(world: World): Promise<void> {
  for (const [at, id] of CHILDREN.entries()) {
    await world.admin().tenants.create({ id, parent: ROOT, seatLimits: LIMITS[at] ?? {} });
  }
}

/** Two of three are users. */
function create(world: World, n: number, tenant: string = ROOT): Promise<number> {
  const body = { schemas: [USER], userName: `p${n}@${tenant}.test`, [TEAM]: { isTeamAccount: n % 3 !== 0 } };
  return world.push({ method: "POST", path: "/Users", body }, tenant, tenant).then(({ status }) => status);
}

async function pushPeople(world: World, count: number = PEOPLE): Promise<void> {
  for (let n = 0; n < count; n++) expect(await create(world, n)).toBe(201);
}

/** Each child shows everybody, has heard of each once, and seats as many as it can. */
async function expectConverged(world: World): Promise<void> {
  const state = await world.read();
  for (const id of CHILDREN) {
    const child = tenantState(state, id);
    expect([id, child.upToDate, eventsOf(child)]).toEqual([id, true, PEOPLE]);
    const page = await world.admin().accounts.list(id, { limit: 500 });
    expect(page.items.length).toBe(PEOPLE);
  }
  const seats = CHILDREN.map((id) => tenantState(state, id).seatCount);
  expect(seats).toEqual([
    { user: { held: 100, waiting: 100 }, reader: { held: 100, waiting: 0 } },
    { user: { held: 200, waiting: 0 }, reader: { held: 100, waiting: 0 } },
    { user: { held: 0, waiting: 0 }, reader: { held: 0, waiting: 0 } },
  ]);
  const { children = [] } = await world.admin().tenants.get(ROOT);
  expect(children.map(({ id, state, pending, failed }) => [id, state, pending, failed])).toEqual([
    ["acme-docs", "degraded", 100, 100],
    ["acme-help", "in_sync", 0, 0],
    ["acme-kb", "in_sync", 0, 0],
  ]);
}

function eventsOf({ changes }: TenantState): number {
  return new Set(changes.filter(({ type }) => type === "account.created").map(({ accountId }) => accountId)).size;
}

/** What a repeated backfill must not change. */
function seatsOf(state: State): readonly unknown[] {
  return CHILDREN.map((id) => tenantState(state, id).seats);
}

/** @param openStore gives a new, empty store each time */
export function familyCases(openStore: () => Store): void {
  const open = async (work: (world: World, store: Store) => Promise<void>) => {
    const store = openStore();
    const world = await openWorld(store);
    try {
      await work(world, store);
    } finally {
      await world.close();
      await store.close();
    }
  };
  const slow = { timeout: 120_000 };

  it("R106, R107, R108, I28: switched on later at the parent, SCIM provisions all its children", slow, () =>
    open(async (world) => {
      await world.admin().connections.update(ROOT, { scimEnabled: false });
      await link(world);
      const { children = [] } = await world.admin().tenants.get(ROOT);
      expect(children.map(({ state }) => state)).toEqual(CHILDREN.map(() => "inheriting"));
      await world.admin().connections.update(ROOT, { scimEnabled: true });
      await pushPeople(world);
      await world.drain();
      await expectConverged(world);
    }),
  );

  it("R109, R110, I30: linked later, children are backfilled, also when that breaks off, and twice is once", slow, () =>
    open(async (world, store) => {
      await pushPeople(world);
      await link(world);
      for (const calls of [30, 300, 700]) {
        world.arm({ calls, committed: calls === 300 });
        await world.restart();
      }
      await world.drain();
      await expectConverged(world);
      const before = seatsOf(await world.read());
      await store.transaction({ tenantId: ROOT }, async ({ changes }) => {
        for (const id of CHILDREN) await changes.advance(ROOT, backfillConsumer(id), "");
      });
      await world.drain();
      expect(seatsOf(await world.read())).toEqual(before);
    }),
  );

  it("R105, R54, I5: whom the directory deactivates is out of every child at the next request", () =>
    open(async (world) => {
      await link(world);
      await create(world, 1);
      await world.drain();
      const [account] = (await world.admin().accounts.list(ROOT)).items;
      const id = account?.id ?? "";
      for (const tenant of CHILDREN) expect(await world.canSignIn(tenant, id)).toBe(true);
      const [user] = tenantState(await world.read(), ROOT).users;
      expect((await world.push({ method: "DELETE", path: `/Users/${user?.id}` })).status).toBe(204);
      for (const tenant of CHILDREN) {
        expect(await world.canSignIn(tenant, id)).toBe(false);
        expect((await world.admin().accounts.get(tenant, id)).status).toBe("inactive");
      }
    }));

  it("I14, I15: of two tenants' 40 creates at once nothing is mixed", slow, () =>
    open(async (world) => {
      const all = [ROOT, STRANGER].flatMap((tenant) => Array.from({ length: 40 }, (_, n) => ({ n, tenant })));
      const statuses = await Promise.all(all.map(({ n, tenant }) => create(world, n, tenant)));
      expect(new Set(statuses)).toEqual(new Set([201]));
      const state = await world.read();
      for (const tenant of [ROOT, STRANGER]) {
        const { accounts, seatCount } = tenantState(state, tenant);
        expect(accounts.map(({ userName }) => userName).toSorted()).toEqual(
          Array.from({ length: 40 }, (_, n) => `p${n}@${tenant}.test`).toSorted(),
        );
        expect([seatCount.user.held, seatCount.reader.held]).toEqual([26, 14]);
      }
    }),
  );

  it.each([
    ["waitlist", 20, { held: 8, waiting: 17 }],
    ["reject", 3, { held: 8, waiting: 0 }],
  ] as const)("I14, I15: 20 creates at once, three below the limit, %s", (onSeatLimit, created, seats) =>
    open(async (world) => {
      const admin = world.admin();
      await admin.connections.update(ROOT, { onSeatLimit });
      await admin.tenants.update(ROOT, { seatLimits: { reader: 8 } });
      const readers = (from: number, to: number) =>
        Promise.all(Array.from({ length: to - from }, (_, n) => create(world, (from + n) * 3)));
      await readers(0, 5);
      const statuses = await readers(5, 25);
      const expected = statuses.map((_, at) => (at < created ? 201 : 403));
      expect(statuses.toSorted()).toEqual(expected);
      const root = tenantState(await world.read(), ROOT);
      expect(root.seatCount.reader).toEqual(seats);
      expect(root.seats.filter(({ state }) => state === "held").length).toBe(8);
    }),
  );

  it("I27: a child has its parent's identity provider and protocol, whatever becomes of it", () =>
    open(async (world) => {
      await link(world);
      for (const entityId of ["https://idp.acme.test", "https://new-idp.acme.test"]) {
        const idp = { metadata: createTestIdentityProvider({ entityId, ssoUrl: `${entityId}/sso` }).metadata() };
        await world.admin().connections.update(ROOT, { idp });
        const parent = await world.admin().connections.get(ROOT);
        for (const id of CHILDREN) {
          const child = await world.admin().connections.get(id);
          expect([child.idp, child.allowIdpInitiated, child.owner]).toEqual([
            parent.idp,
            parent.allowIdpInitiated,
            ROOT,
          ]);
          await expect(world.admin().connections.update(id, { idp })).rejects.toMatchObject({
            code: "inherited_read_only",
          });
        }
      }
    }));
}
