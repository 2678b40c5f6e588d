/**
 * Transactions that run at the same time behave as if they ran one after the other.
 *
 * @module
 */
import assert from "node:assert/strict";
import { setTimeout as pause, setImmediate as turn } from "node:timers/promises";
import {
  ACME,
  ACME_CONNECTION,
  aDirectoryGroup,
  aFailure,
  anAccount,
  aTenant,
  at,
  aUser,
  GLOBEX,
  id,
  ids,
} from "../records.ts";
import { type Cases, settles, type World, written } from "../world.ts";

const C = ACME_CONNECTION;

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 100);

/** Every result of parallel transactions; each one pauses first, so that they would overlap if they could. */
function inParallel<T>(count: number, work: (number: number) => Promise<T>): Promise<readonly T[]> {
  return settles(Promise.all(numbers(count).map(work)));
}

const wins = (results: readonly { readonly ok: boolean }[]) => results.filter(({ ok }) => ok).length;

async function seatHolders({ run }: World, held: number, waiting: number): Promise<void> {
  assert.deepEqual((await run((tx) => tx.seats.count(ACME))).user, { held, waiting });
}

const takeSeat = (world: World, number: number, limit: number, whenFull: "wait" | "refuse") =>
  world.run(async (tx) => {
    await turn();
    return tx.seats.take({ tenantId: ACME, accountId: id(number), kind: "user", at: at(number) }, limit, whenFull);
  });

export const concurrencyCases: Cases = {
  "J02: of twenty parallel inserts of one userName exactly one wins": async ({ run }) => {
    const results = await inParallel(20, (number) =>
      run(async (tx) => {
        await turn();
        return tx.users.insert(aUser(number, { userName: number % 2 === 0 ? "ada@acme.test" : "ADA@acme.test" }));
      }),
    );
    assert.equal(wins(results), 1);
    const refusals = results.filter((result) => !result.ok);
    assert.deepEqual(refusals, Array(19).fill({ ok: false, conflict: "userName" }));
    assert.equal(await run((tx) => tx.users.count(C, [])), 1);
  },
  "J02: looking first does not help a second insert to win": async ({ run }) => {
    const lookups = [{ attribute: "userName", value: "ada@acme.test" }] as const;
    const results = await inParallel(10, (number) =>
      run(async (tx) => {
        const found = await tx.users.count(C, lookups);
        await turn();
        const { ok } = await tx.users.insert(aUser(number, { userName: "ada@acme.test" }));
        return { found, ok };
      }),
    );
    // One after the other: who finds nobody wins, who finds somebody does not.
    assert.deepEqual(new Set(results.map(({ found, ok }) => `${found} ${ok}`)), new Set(["0 true", "1 false"]));
    assert.equal(wins(results), 1);
  },
  "I7: of twenty parallel inserts of one account exactly one wins": async ({ run }) => {
    const results = await inParallel(20, (number) =>
      run((tx) => tx.accounts.insert(anAccount(number, { userName: "ada@acme.test" }))),
    );
    assert.equal(wins(results), 1);
  },
  "J41: of twenty parallel inserts of one group exactly one wins": async ({ run }) => {
    const results = await inParallel(20, (number) =>
      run((tx) => tx.groups.insert(aDirectoryGroup(number, { displayName: "Writers" }))),
    );
    assert.equal(wins(results), 1);
  },
  "J17: of twenty parallel updates of one version exactly one wins": async ({ run }) => {
    await run(async (tx) => written(await tx.users.insert(aUser(10))));
    const results = await inParallel(20, (number) =>
      run((tx) => tx.users.update(aUser(10, { externalId: `from-${number}`, version: 2 }))),
    );
    assert.equal(wins(results), 1);
    const winner = results.findIndex(({ ok }) => ok) + 100;
    assert.equal((await run((tx) => tx.users.get(C, id(10))))?.externalId, `from-${winner}`);
  },
  "J17: parallel transactions that read, wait and write lose no update": async ({ run }) => {
    await inParallel(10, () =>
      run(async (tx) => {
        const tenant = await tx.tenants.get(ACME);
        assert.ok(tenant !== null);
        await turn();
        const name = `${tenant.name}+`;
        written(await tx.tenants.update({ ...tenant, name, version: tenant.version + 1 }));
      }),
    );
    assert.deepEqual(await run((tx) => tx.tenants.get(ACME)), aTenant({ name: "Acme++++++++++", version: 11 }));
  },
  "I14: forty parallel takes of five seats hold five and queue the rest": async (world) => {
    const results = await inParallel(40, (number) => takeSeat(world, number, 5, "wait"));
    assert.equal(results.filter((result) => result === "held").length, 5);
    assert.equal(results.filter((result) => result === "waiting").length, 35);
    await seatHolders(world, 5, 35);
  },
  "J07: two parallel takes of the last seat: one holds it, one is refused": async (world) => {
    const results = await inParallel(2, (number) => takeSeat(world, number, 1, "refuse"));
    assert.deepEqual(results.toSorted(), ["held", "refused"]);
    await seatHolders(world, 1, 0);
  },
  "I14: parallel releases and admissions never exceed the limit": async (world) => {
    await inParallel(20, (number) => takeSeat(world, number, 5, "wait"));
    const held = await inParallel(20, (number) =>
      world.run(async (tx) => {
        await tx.seats.release(ACME, id(number));
        await turn();
        await tx.seats.admitNext(ACME, "user", 5);
        await tx.seats.admitNext(ACME, "user", 5);
        return (await tx.seats.count(ACME)).user.held;
      }),
    );
    assert.ok(Math.max(...held) <= 5, `held ${Math.max(...held)} of 5`);
    await seatHolders(world, 0, 0);
  },
  "J08: parallel additions to one group lose nobody": async ({ run }) => {
    await run(async (tx) => {
      written(await tx.groups.insert(aDirectoryGroup(50)));
      for (const number of numbers(20)) written(await tx.users.insert(aUser(number)));
    });
    await inParallel(20, (number) => run((tx) => tx.members.add(C, id(50), [id(number)], { inEffect: true })));
    assert.deepEqual(await run((tx) => tx.members.page(C, id(50), { limit: 100 })), ids(100, 119));
  },
  "I32: parallel failures of one subject and cause leave one entry with every attempt": async ({ run }) => {
    await inParallel(20, (number) => run((tx) => tx.failures.record(aFailure(number))));
    const open = await run((tx) => tx.failures.list(ACME, { open: true, limit: 100 }));
    assert.deepEqual(
      open.map(({ attempts }) => attempts),
      [20],
    );
  },
  "J27: parallel writers leave a feed without gaps": async ({ run }) => {
    const seen: string[] = [];
    let after: string | undefined;
    const readOn = () =>
      run(async (tx) => {
        for (const { position, change } of await tx.changes.read(ACME, { after, limit: 7 })) {
          seen.push(change.id);
          after = position;
        }
      });
    const change = (number: number) => ({
      tenantId: ACME,
      id: id(number),
      at: at(number),
      type: "account.created",
      actor: { type: "job", id: "kit" } as const,
      accountId: null,
      groupId: null,
      data: null,
    });
    await inParallel(30, async (number) => {
      await run(async (tx) => {
        await turn();
        await tx.changes.append(change(number));
        await turn();
      });
      await readOn();
    });
    for (let before = -1; before !== seen.length; ) {
      before = seen.length;
      await readOn();
    }
    assert.equal(seen.length, 30);
    assert.deepEqual(new Set(seen), new Set(numbers(30).map(id)));
  },
  "a transaction sees nothing of another one that has not ended": async ({ run }) => {
    let seen: unknown;
    const writing = run(async (tx) => {
      written(await tx.users.insert(aUser(10)));
      await pause(20);
      throw new Error("changed its mind");
    });
    const reading = run(async (tx) => {
      seen = await tx.users.get(C, id(10));
    });
    await assert.rejects(settles(writing));
    await settles(reading);
    assert.equal(seen, null);
  },
  "what one transaction reads twice is the same twice": async ({ run }) => {
    const reading = run(async (tx) => {
      const first = await tx.users.count(C, []);
      await pause(20);
      return first === (await tx.users.count(C, []));
    });
    const writing = run(async (tx) => written(await tx.users.insert(aUser(10))));
    assert.equal(await settles(reading), true);
    await settles(writing);
  },
  "many parallel transactions over several tenants never lock each other out": async ({ store }) => {
    const results = await inParallel(50, (number) =>
      store.transaction({ tenantId: number % 3 === 0 ? null : number % 2 === 0 ? ACME : GLOBEX }, async (tx) => {
        const tenant = await tx.tenants.get(ACME);
        await turn();
        const users = await tx.users.count(C, []);
        return tenant !== null && users === 0;
      }),
    );
    assert.deepEqual(new Set(results), new Set([true]));
  },
  "one transaction that fails does not fail those beside it": async ({ run }) => {
    const results = await settles(
      Promise.allSettled(
        numbers(10).map((number) =>
          run(async (tx) => {
            written(await tx.users.insert(aUser(number)));
            await turn();
            if (number % 2 === 0) throw new Error("changed its mind");
          }),
        ),
      ),
    );
    assert.equal(results.filter(({ status }) => status === "fulfilled").length, 5);
    assert.equal(await run((tx) => tx.users.count(C, [])), 5);
  },
};
