/**
 * Seats: never more than the limit, first come first served, counted without counting.
 *
 * @module
 */
import assert from "node:assert/strict";
import type { AccountKind, Transaction } from "../../ports/index.ts";
import { ACME, at, id } from "../records.ts";
import type { Cases } from "../world.ts";

const seat = (number: number, kind: AccountKind = "user") => ({
  tenantId: ACME,
  accountId: id(number),
  kind,
  at: at(number),
});

const counts = (user: readonly [number, number], reader: readonly [number, number]) => ({
  user: { held: user[0], waiting: user[1] },
  reader: { held: reader[0], waiting: reader[1] },
});

const count = (tx: Transaction) => tx.seats.count(ACME);
const stateOf = (number: number) => async (tx: Transaction) => {
  const row = await tx.seats.get(ACME, id(number));
  return row === null ? null : `${row.kind} ${row.state}`;
};

export const seatCases: Cases = {
  "a tenant without seats counts nothing": async ({ run }) => {
    assert.deepEqual(await run(count), counts([0, 0], [0, 0]));
    assert.equal(await run((tx) => tx.seats.get(ACME, id(10))), null);
    assert.deepEqual(await run((tx) => tx.seats.count("nobody")), counts([0, 0], [0, 0]));
  },
  "R65: takes a free seat": async ({ run }) => {
    assert.equal(await run((tx) => tx.seats.take(seat(10), 1, "wait")), "held");
    const row = await run((tx) => tx.seats.get(ACME, id(10)));
    assert.deepEqual(row, { tenantId: ACME, accountId: id(10), kind: "user", state: "held", since: at(10) });
    assert.deepEqual(await run(count), counts([1, 0], [0, 0]));
  },
  "null is no limit, and a limit of nothing is one": async ({ run }) => {
    for (const number of [10, 11, 12]) {
      assert.equal(await run((tx) => tx.seats.take(seat(number), null, "refuse")), "held");
    }
    assert.equal(await run((tx) => tx.seats.take(seat(13, "reader"), 0, "refuse")), "refused");
    assert.deepEqual(await run(count), counts([3, 0], [0, 0]));
  },
  "R65: queues when there is no free seat": async ({ run }) => {
    await run((tx) => tx.seats.take(seat(10), 1, "wait"));
    assert.equal(await run((tx) => tx.seats.take(seat(11), 1, "wait")), "waiting");
    assert.equal(await run(stateOf(11)), "user waiting");
    assert.deepEqual(await run(count), counts([1, 1], [0, 0]));
  },
  "J07: refuses when there is no free seat, and leaves no row": async ({ run }) => {
    await run((tx) => tx.seats.take(seat(10), 1, "refuse"));
    assert.equal(await run((tx) => tx.seats.take(seat(11), 1, "refuse")), "refused");
    assert.equal(await run(stateOf(11)), null);
    assert.deepEqual(await run(count), counts([1, 0], [0, 0]));
  },
  "the seats of users and readers are counted apart": async ({ run }) => {
    await run((tx) => tx.seats.take(seat(10), 1, "refuse"));
    assert.equal(await run((tx) => tx.seats.take(seat(11, "reader"), 1, "refuse")), "held");
    assert.deepEqual(await run(count), counts([1, 0], [1, 0]));
  },
  "I34: taking a seat that is held changes nothing, even when all are taken": async ({ run }) => {
    await run((tx) => tx.seats.take(seat(10), 1, "wait"));
    for (const whenFull of ["wait", "refuse"] as const) {
      assert.equal(await run((tx) => tx.seats.take({ ...seat(10), at: at(99) }, 1, whenFull)), "held");
    }
    assert.equal((await run((tx) => tx.seats.get(ACME, id(10))))?.since, at(10));
    assert.deepEqual(await run(count), counts([1, 0], [0, 0]));
  },
  "I34: asking again does not cost the place in the queue": async ({ run }) => {
    await run(async (tx) => {
      for (const number of [10, 11, 12]) await tx.seats.take(seat(number), 1, "wait");
    });
    assert.equal(await run((tx) => tx.seats.take({ ...seat(11), at: at(99) }, 1, "wait")), "waiting");
    assert.deepEqual(await run(count), counts([1, 2], [0, 0]));
    await run((tx) => tx.seats.release(ACME, id(10)));
    assert.equal((await run((tx) => tx.seats.admitNext(ACME, "user", 1)))?.accountId, id(11));
  },
  "whoever waits and asks again while a seat is free holds it": async ({ run }) => {
    await run(async (tx) => {
      for (const number of [10, 11]) await tx.seats.take(seat(number), 1, "wait");
      await tx.seats.release(ACME, id(10));
    });
    assert.equal(await run((tx) => tx.seats.take(seat(11), 1, "wait")), "held");
    assert.deepEqual(await run(count), counts([1, 0], [0, 0]));
  },
  "R23: a change of kind takes the new seat and frees the old one": async ({ run }) => {
    await run((tx) => tx.seats.take(seat(10, "reader"), 1, "refuse"));
    assert.equal(await run((tx) => tx.seats.take({ ...seat(10), at: at(99) }, 1, "refuse")), "held");
    const row = await run((tx) => tx.seats.get(ACME, id(10)));
    assert.deepEqual(row, { tenantId: ACME, accountId: id(10), kind: "user", state: "held", since: at(99) });
    assert.deepEqual(await run(count), counts([1, 0], [0, 0]));
  },
  "I13: a change of kind that has to wait frees the old seat": async ({ run }) => {
    await run(async (tx) => {
      await tx.seats.take(seat(10), 1, "wait");
      await tx.seats.take(seat(11, "reader"), 1, "wait");
    });
    assert.equal(await run((tx) => tx.seats.take(seat(11), 1, "wait")), "waiting");
    assert.equal(await run(stateOf(11)), "user waiting");
    assert.deepEqual(await run(count), counts([1, 1], [0, 0]));
  },
  "I13: a change of kind that is refused keeps the old seat": async ({ run }) => {
    await run(async (tx) => {
      await tx.seats.take(seat(10), 1, "wait");
      await tx.seats.take(seat(11, "reader"), 1, "wait");
    });
    assert.equal(await run((tx) => tx.seats.take(seat(11), 1, "refuse")), "refused");
    assert.equal(await run(stateOf(11)), "reader held");
    assert.deepEqual(await run(count), counts([1, 0], [1, 0]));
  },
  "releases a seat and tells which it was": async ({ run }) => {
    await run(async (tx) => {
      for (const number of [10, 11]) await tx.seats.take(seat(number), 1, "wait");
    });
    const held = { tenantId: ACME, accountId: id(10), kind: "user", state: "held", since: at(10) };
    assert.deepEqual(await run((tx) => tx.seats.release(ACME, id(10))), held);
    assert.equal((await run((tx) => tx.seats.release(ACME, id(11))))?.state, "waiting");
    assert.equal(await run((tx) => tx.seats.release(ACME, id(10))), null);
    assert.deepEqual(await run(count), counts([0, 0], [0, 0]));
  },
  "releasing admits nobody by itself": async ({ run }) => {
    await run(async (tx) => {
      for (const number of [10, 11]) await tx.seats.take(seat(number), 1, "wait");
      await tx.seats.release(ACME, id(10));
    });
    assert.deepEqual(await run(count), counts([0, 1], [0, 0]));
  },
  "R65: admits whoever has waited longest, one by one": async ({ run }) => {
    await run(async (tx) => {
      // The order of waiting is neither the order of ids nor that of arrival.
      for (const [number, since] of [
        [20, 1],
        [15, 30],
        [12, 20],
        [17, 10],
      ] as const) {
        await tx.seats.take({ ...seat(number), at: at(since) }, 1, "wait");
      }
    });
    const admitted: (string | undefined)[] = [];
    for (let limit = 2; limit <= 5; limit += 1) {
      admitted.push((await run((tx) => tx.seats.admitNext(ACME, "user", limit)))?.accountId);
    }
    assert.deepEqual(admitted, [id(17), id(12), id(15), undefined]);
    assert.deepEqual(await run(count), counts([4, 0], [0, 0]));
  },
  "R65: of those who came at one instant the lower account id is first": async ({ run }) => {
    await run(async (tx) => {
      await tx.seats.take(seat(10), 1, "wait");
      for (const number of [11, 12, 13]) await tx.seats.take({ ...seat(number), at: at(50) }, 1, "wait");
    });
    for (const number of [11, 12, 13]) {
      assert.equal((await run((tx) => tx.seats.admitNext(ACME, "user", null)))?.accountId, id(number));
    }
  },
  "admitting tells the seat as it is held now": async ({ run }) => {
    await run(async (tx) => {
      for (const number of [10, 11]) await tx.seats.take(seat(number, "reader"), 1, "wait");
    });
    const admitted = await run((tx) => tx.seats.admitNext(ACME, "reader", 2));
    assert.deepEqual([admitted?.accountId, admitted?.kind, admitted?.state], [id(11), "reader", "held"]);
    assert.deepEqual(await run((tx) => tx.seats.get(ACME, id(11))), admitted);
  },
  "admits nobody when no seat is free or nobody waits": async ({ run }) => {
    assert.equal(await run((tx) => tx.seats.admitNext(ACME, "user", null)), null);
    await run(async (tx) => {
      for (const number of [10, 11, 12]) await tx.seats.take(seat(number), 2, "wait");
    });
    assert.equal(await run((tx) => tx.seats.admitNext(ACME, "user", 2)), null);
    assert.equal(await run((tx) => tx.seats.admitNext(ACME, "user", 1)), null);
    assert.equal(await run((tx) => tx.seats.admitNext(ACME, "reader", null)), null);
    assert.deepEqual(await run(count), counts([2, 1], [0, 0]));
  },
  "a lower limit evicts nobody": async ({ run }) => {
    await run(async (tx) => {
      for (const number of [10, 11]) await tx.seats.take(seat(number), 2, "wait");
    });
    assert.equal(await run((tx) => tx.seats.take(seat(10), 1, "refuse")), "held");
    assert.equal(await run((tx) => tx.seats.take(seat(12), 1, "refuse")), "refused");
    assert.deepEqual(await run(count), counts([2, 0], [0, 0]));
  },
  "reads many, without the unknown": async ({ run }) => {
    await run(async (tx) => {
      for (const number of [10, 11, 12]) await tx.seats.take(seat(number), 2, "wait");
    });
    const many = await run((tx) => tx.seats.getMany(ACME, [id(12), id(99), id(10)]));
    assert.deepEqual(
      new Map(many.map(({ accountId, state }) => [accountId, state])),
      new Map([
        [id(12), "waiting"],
        [id(10), "held"],
      ]),
    );
    assert.deepEqual(await run((tx) => tx.seats.getMany(ACME, [])), []);
  },
  "clears a tenant, and seats can be taken anew": async ({ run }) => {
    await run(async (tx) => {
      for (const number of [10, 11]) await tx.seats.take(seat(number), 1, "wait");
      await tx.seats.take(seat(12, "reader"), 1, "wait");
      await tx.seats.clear(ACME);
    });
    assert.deepEqual(await run(count), counts([0, 0], [0, 0]));
    assert.equal(await run(stateOf(10)), null);
    assert.equal(await run((tx) => tx.seats.take(seat(11), 1, "refuse")), "held");
  },
  "I15: after any course of events the counters equal a recount": async ({ run }) => {
    const numbers = Array.from({ length: 12 }, (_, index) => index);
    await run(async (tx) => {
      for (const step of numbers.concat(numbers, numbers)) {
        const kind = step % 3 === 0 ? "reader" : "user";
        await tx.seats.take({ ...seat(step, kind), at: at(step) }, 4, step % 2 === 0 ? "wait" : "refuse");
        if (step % 5 === 0) await tx.seats.release(ACME, id((step * 7) % 12));
        if (step % 4 === 0) await tx.seats.admitNext(ACME, "user", 4);
        await tx.seats.take(seat((step * 5) % 12, step % 2 === 0 ? "user" : "reader"), 4, "wait");
      }
    });
    const rows = await run((tx) => tx.seats.getMany(ACME, numbers.map(id)));
    const recount = (kind: AccountKind, state: string) =>
      rows.filter((row) => row.kind === kind && row.state === state).length;
    assert.ok(rows.length > 6);
    assert.deepEqual(
      await run(count),
      counts(
        [recount("user", "held"), recount("user", "waiting")],
        [recount("reader", "held"), recount("reader", "waiting")],
      ),
    );
    assert.ok(recount("user", "held") <= 4 && recount("reader", "held") <= 4);
  },
};
