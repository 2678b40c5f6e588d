/**
 * The sync log, the sign-in log and the audit log: newest first, by position, per tenant.
 *
 * @module
 */
import assert from "node:assert/strict";
import type { LogRepository, SignInRecord, Transaction } from "../../ports/index.ts";
import { ACME, anAuditEntry, aSignIn, aSyncEvent, at, GLOBEX, id } from "../records.ts";
import { type Cases, STRANGE_POSITIONS, type World } from "../world.ts";

export const logCases: Cases = {
  ...casesOf("sync events", (tx) => tx.syncEvents, aSyncEvent),
  ...casesOf("audit", (tx) => tx.audit, anAuditEntry),
  ...casesOf("sign-ins", (tx) => tx.signIns, aSignIn),
  "R62: keeps every field of an audit entry": async ({ run }) => {
    const entry = anAuditEntry(1, { before: null, after: { role: "Editor", groups: [1, 2] }, requestId: "r-1" });
    await run((tx) => tx.audit.append(entry));
    assert.deepEqual((await run((tx) => tx.audit.page(ACME, { limit: 1 })))[0]?.entry, entry);
  },
  "keeps every field of a sync event": async ({ run }) => {
    const event = aSyncEvent(1, { outcome: "changed", cause: null, message: null });
    await run((tx) => tx.syncEvents.append(event));
    assert.deepEqual((await run((tx) => tx.syncEvents.page(ACME, { limit: 1 })))[0]?.entry, event);
  },
  "keeps every field of a sign-in": async ({ run }) => {
    const subject = { nameId: "ada", accountId: id(7), userName: "ada@acme.test" };
    const signIns = [
      aSignIn(1, { outcome: "accepted", code: null, stage: null, message: null, facts: {}, subject }),
      aSignIn(2, { authenticated: false, hint: "Try this." }),
    ];
    await run(async (tx) => {
      for (const signIn of signIns) await tx.signIns.append(signIn);
    });
    assert.deepEqual(await signInsOf(run), signIns.toReversed());
  },
  "sign-ins: keeps the newest of each sort, whatever there is of the other": async ({ run }) => {
    const strangers = [1, 2, 3, 4, 5].map((number) => aSignIn(number, { authenticated: false }));
    const people = [aSignIn(6), aSignIn(7)];
    await run(async (tx) => {
      for (const signIn of [...people, ...strangers]) await tx.signIns.append(signIn);
      await tx.signIns.append(aSignIn(8, { tenantId: GLOBEX, authenticated: false }));
      await tx.signIns.keep(ACME, false, 2);
      await tx.signIns.keep(ACME, true, 2);
    });
    assert.deepEqual(await signInsOf(run), [strangers[4], strangers[3], people[1], people[0]]);
    await run((tx) => tx.signIns.keep(ACME, true, 0));
    assert.deepEqual(await signInsOf(run), [strangers[4], strangers[3]]);
    assert.equal((await run((tx) => tx.signIns.page(GLOBEX, { limit: 9 }))).length, 1);
  },
  "sign-ins: a page goes on where entries were forgotten meanwhile": async ({ run }) => {
    await run(async (tx) => {
      for (const number of [1, 2, 3, 4]) await tx.signIns.append(aSignIn(number));
    });
    const [, second] = await run((tx) => tx.signIns.page(ACME, { limit: 2 }));
    await run(async (tx) => {
      await tx.signIns.append(aSignIn(5));
      await tx.signIns.keep(ACME, true, 3);
    });
    assert.deepEqual(await run((tx) => tx.signIns.page(ACME, { after: second?.position, limit: 2 })), []);
  },
};

async function signInsOf(run: World["run"]): Promise<readonly SignInRecord[]> {
  return (await run((tx) => tx.signIns.page(ACME, { limit: 100 }))).map(({ entry }) => entry);
}

/** The promises of any log. */
function casesOf<Entry>(
  name: string,
  log: (tx: Transaction) => LogRepository<Entry>,
  entry: (number: number, given?: { readonly tenantId?: string; readonly at?: string }) => Entry,
): Cases {
  const append =
    (numbers: readonly number[], tenantId = ACME) =>
    async (tx: Transaction) => {
      for (const number of numbers) await log(tx).append(entry(number, { tenantId }));
    };
  const entriesOf = (page: readonly { readonly entry: Entry }[]) => page.map((row) => row.entry);
  return {
    [`${name}: an empty log has an empty page`]: async ({ run }) => {
      assert.deepEqual(await run((tx) => log(tx).page(ACME, { limit: 5 })), []);
    },
    [`${name}: reads the newest first`]: async ({ run }) => {
      await run(append([1, 2]));
      await run(append([3]));
      const page = await run((tx) => log(tx).page(ACME, { limit: 5 }));
      assert.deepEqual(entriesOf(page), [entry(3), entry(2), entry(1)]);
    },
    [`${name}: entries of one instant are read in reverse order of writing`]: async ({ run }) => {
      const at = "2026-01-01T00:00:00.000Z";
      await run(async (tx) => {
        for (const number of [3, 1, 2]) await log(tx).append(entry(number, { at }));
      });
      const page = await run((tx) => log(tx).page(ACME, { limit: 5 }));
      assert.deepEqual(entriesOf(page), [entry(2, { at }), entry(1, { at }), entry(3, { at })]);
    },
    [`${name}: goes on after the position of the last entry seen, also when newer ones arrive`]: async ({ run }) => {
      await run(append([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]));
      const first = await run((tx) => log(tx).page(ACME, { limit: 4 }));
      assert.deepEqual(entriesOf(first), [entry(11), entry(10), entry(9), entry(8)]);
      await run(append([12]));
      const second = await run((tx) => log(tx).page(ACME, { after: first.at(-1)?.position, limit: 6 }));
      assert.deepEqual(entriesOf(second), [entry(7), entry(6), entry(5), entry(4), entry(3), entry(2)]);
      const third = await run((tx) => log(tx).page(ACME, { after: second.at(-1)?.position, limit: 4 }));
      assert.deepEqual(entriesOf(third), [entry(1)]);
      assert.deepEqual(await run((tx) => log(tx).page(ACME, { after: third[0]?.position, limit: 4 })), []);
      assert.deepEqual(await run((tx) => log(tx).page(ACME, { limit: 0 })), []);
    },
    [`J24: ${name}: a position that was never given is no error and crosses no border`]: async ({ run }) => {
      await run(append([1]));
      await run(append([2], GLOBEX));
      for (const after of STRANGE_POSITIONS) {
        const page = await run((tx) => log(tx).page(ACME, { after, limit: 5 }));
        for (const read of entriesOf(page)) assert.deepEqual(read, entry(1));
      }
    },
    [`J02: ${name}: a tenant reads its own log only`]: async ({ run }) => {
      await run(append([1]));
      await run(append([2], GLOBEX));
      await run(append([3]));
      assert.deepEqual(entriesOf(await run((tx) => log(tx).page(ACME, { limit: 5 }))), [entry(3), entry(1)]);
      const theirs = await run((tx) => log(tx).page(GLOBEX, { limit: 5 }));
      assert.deepEqual(entriesOf(theirs), [entry(2, { tenantId: GLOBEX })]);
    },
    [`${name}: trims the oldest that are old enough, of one tenant, and gives no position again`]: async ({ run }) => {
      await run(append([1, 2, 3, 4]));
      await run(append([1], GLOBEX));
      const [newest] = await run((tx) => log(tx).page(ACME, { limit: 1 }));
      const trim = (before: number, limit: number) => run((tx) => log(tx).trim(ACME, at(before), limit));
      assert.equal(await trim(3, 1), 1);
      assert.equal(await trim(3, 9), 1);
      assert.equal(await trim(3, 9), 0);
      assert.deepEqual(entriesOf(await run((tx) => log(tx).page(ACME, { limit: 9 }))), [entry(4), entry(3)]);
      assert.deepEqual(entriesOf(await run((tx) => log(tx).page(ACME, { limit: 9, after: newest?.position }))), [
        entry(3),
      ]);
      assert.equal(await trim(9, 9), 2);
      await run(append([5]));
      const after = await run((tx) => log(tx).page(ACME, { limit: 9 }));
      assert.deepEqual(entriesOf(after), [entry(5)]);
      assert.notEqual(after[0]?.position, newest?.position);
      assert.equal((await run((tx) => log(tx).page(GLOBEX, { limit: 9 }))).length, 1);
    },
    [`I39: ${name}: a rollback leaves no entry`]: async ({ run }) => {
      await run(append([1]));
      for (const number of [2, 4]) {
        await assert.rejects(
          run(async (tx) => {
            await append([number])(tx);
            throw new Error("changed its mind");
          }),
        );
      }
      await run(append([3]));
      assert.deepEqual(entriesOf(await run((tx) => log(tx).page(ACME, { limit: 5 }))), [entry(3), entry(1)]);
    },
  };
}
