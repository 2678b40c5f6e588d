/**
 * What belongs to one tenant or connection does not exist at another, whatever it is called.
 *
 * @module
 */
import assert from "node:assert/strict";
import {
  ACME,
  ACME_CONNECTION,
  aDirectoryGroup,
  aFailure,
  aLocalGroup,
  anAccount,
  anOverlay,
  aTenant,
  at,
  aUser,
  GLOBEX,
  GLOBEX_CONNECTION,
  id,
} from "../records.ts";
import { type Cases, refused, written } from "../world.ts";

const both = { inEffect: true } as const;
const theirs = { connectionId: GLOBEX_CONNECTION } as const;

/** Names that every JavaScript object has without having been given them. */
const INHERITED = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "valueOf"];

export const isolationCases: Cases = {
  "J02: a directory user is unknown at another connection, by every look-up": async ({ run }) => {
    await run(async (tx) => written(await tx.users.insert(aUser(10))));
    await run(async (tx) => {
      assert.equal(await tx.users.get(GLOBEX_CONNECTION, id(10)), null);
      assert.equal(await tx.users.count(GLOBEX_CONNECTION, []), 0);
      for (const lookup of [
        { attribute: "id", value: id(10) },
        { attribute: "externalId", value: "ext-10" },
        { attribute: "userName", value: "user10@acme.test" },
        { attribute: "emails", value: "user10@acme.test" },
      ] as const) {
        assert.deepEqual(await tx.users.find({ ...theirs, lookups: [lookup], limit: 5 }), []);
        assert.equal(await tx.users.count(GLOBEX_CONNECTION, [lookup]), 0);
      }
      refused(await tx.users.update(aUser(10, { ...theirs, version: 2 })), "version");
    });
    assert.deepEqual(await run((tx) => tx.users.get(ACME_CONNECTION, id(10))), aUser(10));
  },
  "J02: two connections may have the same names, external ids and ids": async ({ run }) => {
    await run(async (tx) => {
      written(await tx.users.insert(aUser(10)));
      written(await tx.users.insert(aUser(10, theirs)));
      written(await tx.groups.insert(aDirectoryGroup(20)));
      written(await tx.groups.insert(aDirectoryGroup(20, theirs)));
      written(await tx.users.update(aUser(10, { ...theirs, active: false, version: 2 })));
      await tx.groups.delete(GLOBEX_CONNECTION, id(20));
    });
    assert.deepEqual(await run((tx) => tx.users.get(ACME_CONNECTION, id(10))), aUser(10));
    assert.deepEqual(await run((tx) => tx.groups.get(ACME_CONNECTION, id(20))), aDirectoryGroup(20));
  },
  "J02: a retained user is retained for its own connection only": async ({ run }) => {
    await run(async (tx) => {
      written(await tx.users.insert(aUser(10)));
      written(await tx.users.update(aUser(10, { deletedAt: at(9), version: 2 })));
    });
    const keys = { externalId: "ext-10", userName: "user10@acme.test" };
    assert.equal(await run((tx) => tx.users.retained(GLOBEX_CONNECTION, keys)), null);
  },
  "J02: a user of another connection cannot become a member": async ({ run }) => {
    await run(async (tx) => {
      written(await tx.users.insert(aUser(10, theirs)));
      written(await tx.groups.insert(aDirectoryGroup(20)));
    });
    const result = await run((tx) => tx.members.add(ACME_CONNECTION, id(20), [id(10)], both));
    assert.deepEqual(result, { added: [], unknown: [id(10)] });
  },
  "J02: memberships with the same ids do not meet": async ({ run }) => {
    await run(async (tx) => {
      for (const connectionId of [ACME_CONNECTION, GLOBEX_CONNECTION]) {
        written(await tx.users.insert(aUser(10, { connectionId })));
        written(await tx.groups.insert(aDirectoryGroup(20, { connectionId })));
        await tx.members.add(connectionId, id(20), [id(10)], { inEffect: connectionId === ACME_CONNECTION });
      }
      await tx.members.remove(GLOBEX_CONNECTION, id(20), [id(10)], both);
      await tx.members.removeUser(GLOBEX_CONNECTION, id(10));
      await tx.members.settle(GLOBEX_CONNECTION);
      await tx.groups.delete(GLOBEX_CONNECTION, id(20));
    });
    assert.equal(await run((tx) => tx.members.has(ACME_CONNECTION, id(20), id(10))), true);
    assert.deepEqual(await run((tx) => tx.members.effective(ACME_CONNECTION, id(20), { limit: 5 })), [id(10)]);
    assert.deepEqual(await run((tx) => tx.members.groupsOf(GLOBEX_CONNECTION, id(10), "inDirectory")), []);
  },
  "J02: settling one connection leaves another unsettled": async ({ run }) => {
    await run(async (tx) => {
      written(await tx.users.insert(aUser(10)));
      written(await tx.groups.insert(aDirectoryGroup(20)));
      await tx.members.add(ACME_CONNECTION, id(20), [id(10)], { inEffect: false });
      await tx.members.settle(GLOBEX_CONNECTION);
    });
    assert.deepEqual(await run((tx) => tx.members.effective(ACME_CONNECTION, id(20), { limit: 5 })), []);
  },
  "J02: an account is unknown at another tenant, by every look-up": async ({ run }) => {
    const account = anAccount(10, { samlNameId: "name-id" });
    await run(async (tx) => {
      written(await tx.accounts.insert(account));
      assert.equal(await tx.accounts.get(GLOBEX, id(10)), null);
      assert.deepEqual(await tx.accounts.getMany(GLOBEX, [id(10)]), []);
      assert.equal(await tx.accounts.byUserName(GLOBEX, account.userName), null);
      assert.deepEqual(await tx.accounts.byEmail(GLOBEX, account.userName), []);
      assert.equal(await tx.accounts.bySamlNameId(GLOBEX, "name-id"), null);
      assert.deepEqual(await tx.accounts.find({ tenantId: GLOBEX, limit: 5 }), []);
      assert.deepEqual(await tx.accounts.find({ tenantId: GLOBEX, connectionId: ACME_CONNECTION, limit: 5 }), []);
      assert.equal(await tx.accounts.delete(GLOBEX, id(10)), false);
      refused(await tx.accounts.update({ ...account, tenantId: GLOBEX, version: 2 }), "version");
    });
    assert.deepEqual(await run((tx) => tx.accounts.get(ACME, id(10))), account);
  },
  "J02: two tenants may have the same userName and the same account id": async ({ run }) => {
    await run(async (tx) => {
      written(await tx.accounts.insert(anAccount(10)));
      written(await tx.accounts.insert(anAccount(10, { tenantId: GLOBEX })));
      await tx.accounts.delete(GLOBEX, id(10));
    });
    assert.deepEqual(await run((tx) => tx.accounts.get(ACME, id(10))), anAccount(10));
  },
  "I25: what is local to one tenant about an account is not local to another": async ({ run }) => {
    const acmeSeat = { tenantId: ACME, accountId: id(10), kind: "user", at: at(0) } as const;
    const membership = { tenantId: ACME, groupId: id(30), accountId: id(10), source: "local" } as const;
    await run(async (tx) => {
      await tx.overlays.put(anOverlay(id(10)));
      await tx.seats.take(acmeSeat, 1, "refuse");
      await tx.localGroups.addMember(membership);
      assert.equal(await tx.overlays.get(GLOBEX, id(10)), null);
      assert.deepEqual(await tx.overlays.getMany(GLOBEX, [id(10)]), []);
      assert.deepEqual(await tx.overlays.withRole(GLOBEX, "Editor"), []);
      assert.equal(await tx.seats.get(GLOBEX, id(10)), null);
      assert.deepEqual(await tx.seats.getMany(GLOBEX, [id(10)]), []);
      assert.equal(await tx.seats.release(GLOBEX, id(10)), null);
      assert.equal((await tx.seats.count(GLOBEX)).user.held, 0);
      assert.deepEqual(await tx.localGroups.membersOf(GLOBEX, id(30)), []);
      assert.deepEqual(await tx.localGroups.membershipsOf(GLOBEX, [id(10)]), []);
      assert.equal(await tx.localGroups.removeMember({ ...membership, tenantId: GLOBEX }), false);
      await tx.overlays.delete(GLOBEX, id(10));
      await tx.seats.clear(GLOBEX);
    });
    assert.deepEqual(await run((tx) => tx.overlays.get(ACME, id(10))), anOverlay(id(10)));
    assert.equal((await run((tx) => tx.seats.count(ACME))).user.held, 1);
    assert.deepEqual(await run((tx) => tx.localGroups.membersOf(ACME, id(30))), [membership]);
  },
  "R115: each tenant has its own seats and its own queue": async ({ run }) => {
    const seat = (tenantId: string, number: number) =>
      ({ tenantId, accountId: id(number), kind: "user", at: at(number) }) as const;
    await run(async (tx) => {
      await tx.seats.take(seat(ACME, 10), 1, "wait");
      await tx.seats.take(seat(ACME, 11), 1, "wait");
      assert.equal(await tx.seats.take(seat(GLOBEX, 11), 1, "wait"), "held");
      assert.equal(await tx.seats.admitNext(GLOBEX, "user", null), null);
    });
    assert.deepEqual((await run((tx) => tx.seats.count(ACME))).user, { held: 1, waiting: 1 });
  },
  "J02: local groups with the same name or id do not meet": async ({ run }) => {
    await run(async (tx) => {
      written(await tx.localGroups.insert(aLocalGroup(30)));
      written(await tx.localGroups.insert(aLocalGroup(30, { tenantId: GLOBEX })));
      assert.equal(await tx.localGroups.delete(GLOBEX, id(30)), true);
    });
    assert.deepEqual(await run((tx) => tx.localGroups.list(ACME)), [aLocalGroup(30)]);
    assert.deepEqual(await run((tx) => tx.localGroups.list(GLOBEX)), []);
  },
  "I33: failures of one tenant are unknown at another": async ({ run }) => {
    await run(async (tx) => {
      await tx.failures.record(aFailure(1));
      assert.equal(await tx.failures.get(GLOBEX, id(1)), null);
      assert.deepEqual(await tx.failures.list(GLOBEX, { limit: 5 }), []);
      assert.equal(await tx.failures.countOpen(GLOBEX), 0);
      assert.equal(await tx.failures.resolve(GLOBEX, aFailure(1).subject, at(9)), 0);
      await tx.failures.record(aFailure(2, { tenantId: GLOBEX }));
    });
    assert.equal((await run((tx) => tx.failures.get(ACME, id(1))))?.attempts, 1);
    assert.equal((await run((tx) => tx.failures.get(GLOBEX, id(2))))?.attempts, 1);
  },
  "D50: names that objects inherit are no tenants until they are inserted": async ({ run }) => {
    for (const name of INHERITED) {
      await run(async (tx) => {
        assert.equal(await tx.tenants.get(name), null);
        assert.deepEqual(await tx.tenants.children(name), []);
        assert.deepEqual(await tx.accounts.find({ tenantId: name, limit: 5 }), []);
        assert.equal(await tx.accounts.get(name, name), null);
        assert.equal((await tx.seats.count(name)).reader.waiting, 0);
        assert.deepEqual(await tx.localGroups.list(name), []);
        assert.equal(await tx.changes.last(name), null);
        assert.equal(await tx.changes.cursor(name, name), null);
        written(await tx.tenants.insert(aTenant({ id: name, name })));
      });
      assert.deepEqual(await run((tx) => tx.tenants.get(name)), aTenant({ id: name, name }));
    }
    assert.equal((await run((tx) => tx.tenants.list({ limit: 50 }))).length, INHERITED.length + 2);
  },
  "D50: names that objects inherit are user names like any other": async ({ run }) => {
    const lookups = (value: string) => [{ attribute: "userName", value }] as const;
    await run(async (tx) => {
      for (const [index, name] of INHERITED.entries()) {
        assert.equal(await tx.users.count(ACME_CONNECTION, lookups(name)), 0);
        assert.equal(await tx.accounts.byUserName(ACME, name), null);
        const names = { userName: name, externalId: name };
        written(await tx.users.insert(aUser(100 + index, { ...names, emails: [name] })));
        written(await tx.accounts.insert(anAccount(100 + index, { userName: name, email: name })));
        refused(await tx.users.insert(aUser(200, { ...names, externalId: null })), "userName");
        assert.equal(await tx.users.count(ACME_CONNECTION, lookups(name)), 1);
        assert.equal((await tx.accounts.byUserName(ACME, name))?.id, id(100 + index));
        assert.equal((await tx.accounts.byEmail(ACME, name)).length, 1);
      }
    });
  },
  "D50: names that objects inherit are roles, keys and consumers like any other": async ({ run }) => {
    await run(async (tx) => {
      for (const [index, name] of INHERITED.entries()) {
        const number = 100 + index;
        const subject = { type: "User", key: name, label: name, id: null } as const;
        assert.deepEqual(await tx.overlays.withRole(ACME, name), []);
        assert.equal(await tx.oneTime.take(ACME_CONNECTION, name, name, at(0)), null);
        await tx.overlays.put(anOverlay(id(number), { role: name }));
        await tx.changes.advance(ACME, name, name);
        await tx.failures.record(aFailure(number, { subject }));
        assert.equal(await tx.oneTime.put(ACME_CONNECTION, name, name, name, at(60), at(0)), true);
        assert.equal((await tx.overlays.withRole(ACME, name)).length, 1);
        assert.equal(await tx.changes.cursor(ACME, name), name);
        assert.deepEqual(await tx.oneTime.take(ACME_CONNECTION, name, name, at(1)), { value: name });
        assert.equal(await tx.failures.resolve(ACME, subject, at(9)), 1);
      }
    });
  },
};
