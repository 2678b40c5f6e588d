/**
 * Accounts: unique names, every way to find one, and a search that is literal.
 *
 * @module
 */
import assert from "node:assert/strict";
import type { AccountQuery, Transaction } from "../../ports/index.ts";
import { ACME, ACME_CONNECTION, anAccount, at, GLOBEX_CONNECTION, id, ids } from "../records.ts";
import { type Cases, refused, type World, written } from "../world.ts";
import { versionedCases } from "./versioned.ts";

const account = anAccount(10);

const find =
  (query: Omit<AccountQuery, "tenantId" | "limit"> & { readonly limit?: number }) => async (tx: Transaction) =>
    (await tx.accounts.find({ tenantId: ACME, limit: 100, ...query })).map((found) => found.id);

/** 10 user; 11 reader; 12 inactive user; 13 made by hand; 14 user of another connection. */
async function fivePeople(run: World["run"]): Promise<void> {
  await run(async (tx) => {
    for (const person of [
      anAccount(13, { connectionId: null, directoryUserId: null, name: "Grace Hopper", email: "100%_sure@navy.test" }),
      anAccount(11, { kind: "reader", provisionedRole: null, name: "Ada Lovelace", email: null }),
      anAccount(10),
      anAccount(14, { connectionId: GLOBEX_CONNECTION, name: "Zuse", email: "K.Zuse@Acme.test" }),
      anAccount(12, { active: false }),
    ]) {
      written(await tx.accounts.insert(person));
    }
  });
}

export const accountCases: Cases = {
  ...versionedCases({
    row: account,
    changed: {
      kind: "reader",
      userName: "ada@acme.test",
      email: null,
      name: "",
      active: false,
      archived: true,
      provisionedRole: null,
      decidedRole: null,
      decidedContentRole: { value: "Draft writer", source: "rule" },
      defaultsApplied: [],
      breakGlass: true,
      connectionId: null,
      directoryUserId: null,
      samlNameId: "name-id",
      updatedAt: at(99),
    },
    repository: (tx) => tx.accounts,
    get: (tx) => tx.accounts.get(ACME, account.id),
  }),
  "I7: refuses a taken userName, whatever its case and kind": async ({ run }) => {
    await run(async (tx) => written(await tx.accounts.insert(account)));
    const second = anAccount(11, { userName: "USER10@acme.test", kind: "reader" });
    await run(async (tx) => refused(await tx.accounts.insert(second), "userName"));
    assert.equal(await run((tx) => tx.accounts.get(ACME, second.id)), null);
  },
  "I7: refuses an update to a taken userName": async ({ run }) => {
    const other = anAccount(11);
    await run(async (tx) => {
      written(await tx.accounts.insert(account));
      written(await tx.accounts.insert(other));
      refused(await tx.accounts.update({ ...other, userName: "User10@acme.test", version: 2 }), "userName");
    });
    assert.deepEqual(await run((tx) => tx.accounts.get(ACME, other.id)), other);
  },
  "I7: an inactive account keeps its userName": async ({ run }) => {
    await run(async (tx) => written(await tx.accounts.insert({ ...account, active: false })));
    await run(async (tx) =>
      refused(await tx.accounts.insert(anAccount(11, { userName: account.userName })), "userName"),
    );
  },
  "several accounts may share an e-mail address": async ({ run }) => {
    await run(async (tx) => {
      for (const number of [12, 11]) written(await tx.accounts.insert(anAccount(number, { email: "Team@acme.test" })));
      written(await tx.accounts.insert(anAccount(13, { email: null })));
    });
    const found = await run((tx) => tx.accounts.byEmail(ACME, "team@ACME.test"));
    assert.deepEqual(
      found.map((row) => row.id),
      ids(11, 12),
    );
    assert.deepEqual(await run((tx) => tx.accounts.byEmail(ACME, "nobody@acme.test")), []);
  },
  "finds an account by userName, whatever its case": async ({ run }) => {
    await run(async (tx) => written(await tx.accounts.insert(account)));
    assert.deepEqual(await run((tx) => tx.accounts.byUserName(ACME, "USER10@Acme.test")), account);
    assert.equal(await run((tx) => tx.accounts.byUserName(ACME, "user10")), null);
  },
  "R99: finds an account by the NameID of its last sign-in, exactly": async ({ run }) => {
    const known = anAccount(11, { samlNameId: "Ada@acme.test" });
    await run(async (tx) => {
      written(await tx.accounts.insert(account));
      written(await tx.accounts.insert(known));
    });
    assert.deepEqual(await run((tx) => tx.accounts.bySamlNameId(ACME, "Ada@acme.test")), known);
    assert.equal(await run((tx) => tx.accounts.bySamlNameId(ACME, "ada@acme.test")), null);
  },
  "an update moves an account to its new look-up values": async ({ run }) => {
    const moved = { ...account, userName: "ada", email: "ada@acme.test", samlNameId: "new", version: 2 };
    await run(async (tx) => {
      written(await tx.accounts.insert({ ...account, samlNameId: "old" }));
      written(await tx.accounts.update(moved));
      assert.equal(await tx.accounts.byUserName(ACME, account.userName), null);
      assert.deepEqual(await tx.accounts.byEmail(ACME, "user10@acme.test"), []);
      assert.equal(await tx.accounts.bySamlNameId(ACME, "old"), null);
      assert.deepEqual(await tx.accounts.byUserName(ACME, "ada"), moved);
      assert.deepEqual(await tx.accounts.byEmail(ACME, "ada@acme.test"), [moved]);
      assert.deepEqual(await tx.accounts.bySamlNameId(ACME, "new"), moved);
    });
  },
  "deletes an account, and frees its userName": async ({ run }) => {
    await run(async (tx) => written(await tx.accounts.insert(account)));
    assert.equal(await run((tx) => tx.accounts.delete(ACME, account.id)), true);
    assert.equal(await run((tx) => tx.accounts.get(ACME, account.id)), null);
    assert.equal(await run((tx) => tx.accounts.byUserName(ACME, account.userName)), null);
    assert.equal(await run((tx) => tx.accounts.delete(ACME, account.id)), false);
    await run(async (tx) => written(await tx.accounts.insert(anAccount(11, { userName: account.userName }))));
  },
  "reads many in the order asked for, without the unknown": async ({ run }) => {
    await fivePeople(run);
    const many = await run((tx) => tx.accounts.getMany(ACME, [id(12), id(99), id(10), id(13)]));
    assert.deepEqual(
      many.map((row) => row.id),
      [id(12), id(10), id(13)],
    );
    assert.deepEqual(await run((tx) => tx.accounts.getMany(ACME, [])), []);
  },
  "lists accounts in slices, in order of id": async ({ run }) => {
    await fivePeople(run);
    assert.deepEqual(await run(find({})), ids(10, 14));
    assert.deepEqual(await run(find({ limit: 2 })), ids(10, 11));
    assert.deepEqual(await run(find({ limit: 2, after: id(11) })), ids(12, 13));
    assert.deepEqual(await run(find({ limit: 2, after: id(14) })), []);
    assert.deepEqual(await run(find({ limit: 0 })), []);
  },
  "filters accounts by kind, by activity and by connection": async ({ run }) => {
    await fivePeople(run);
    assert.deepEqual(await run(find({ kind: "reader" })), [id(11)]);
    assert.deepEqual(await run(find({ kind: "user" })), [id(10), id(12), id(13), id(14)]);
    assert.deepEqual(await run(find({ active: false })), [id(12)]);
    assert.deepEqual(await run(find({ active: true })), [id(10), id(11), id(13), id(14)]);
    assert.deepEqual(await run(find({ connectionId: ACME_CONNECTION })), ids(10, 12));
    assert.deepEqual(await run(find({ connectionId: GLOBEX_CONNECTION })), [id(14)]);
  },
  "filters accounts by the role that was decided, exactly": async ({ run }) => {
    await run(async (tx) => {
      const owner = { value: "Owner", source: "rule" } as const;
      written(await tx.accounts.insert(anAccount(10, { decidedRole: owner })));
      written(await tx.accounts.insert(anAccount(11, { decidedRole: null })));
      written(await tx.accounts.insert(anAccount(12, { decidedRole: { ...owner, source: "idp" }, active: false })));
      written(await tx.accounts.insert(anAccount(13, { decidedRole: owner, connectionId: GLOBEX_CONNECTION })));
      written(await tx.accounts.update(anAccount(11, { decidedRole: owner, version: 2 })));
    });
    assert.deepEqual(await run(find({ decidedRole: "Owner" })), ids(10, 13));
    assert.deepEqual(await run(find({ decidedRole: "Owner", active: true, limit: 2 })), ids(10, 11));
    assert.deepEqual(await run(find({ decidedRole: "Owner", connectionId: ACME_CONNECTION })), ids(10, 12));
    assert.deepEqual(await run(find({ decidedRole: "owner" })), []);
  },
  "all filters must hold, and the slice counts what they leave": async ({ run }) => {
    await fivePeople(run);
    const filters = { kind: "user", active: true } as const;
    assert.deepEqual(await run(find({ ...filters, connectionId: ACME_CONNECTION })), [id(10)]);
    assert.deepEqual(await run(find({ ...filters, limit: 2 })), [id(10), id(13)]);
    assert.deepEqual(await run(find({ ...filters, limit: 2, after: id(13) })), [id(14)]);
    assert.deepEqual(await run(find({ ...filters, text: "lovelace" })), []);
  },
  "finds text in userName, e-mail and name, whatever its case": async ({ run }) => {
    await fivePeople(run);
    assert.deepEqual(await run(find({ text: "USER12@" })), [id(12)]);
    assert.deepEqual(await run(find({ text: "navy" })), [id(13)]);
    assert.deepEqual(await run(find({ text: "LOVE" })), [id(11)]);
    assert.deepEqual(await run(find({ text: "k.zuse@acme" })), [id(14)]);
    assert.deepEqual(await run(find({ text: "nowhere" })), []);
  },
  "finds text literally: nothing in it is a wildcard": async ({ run }) => {
    await fivePeople(run);
    assert.deepEqual(await run(find({ text: "%" })), [id(13)]);
    assert.deepEqual(await run(find({ text: "_" })), [id(13)]);
    assert.deepEqual(await run(find({ text: "100%_S" })), [id(13)]);
    for (const text of ["us%r", "user_0", ".*", "\\", "[a-z]", "'"]) assert.deepEqual(await run(find({ text })), []);
  },
  "does not find text that begins in one field and ends in another": async ({ run }) => {
    await run(async (tx) =>
      written(await tx.accounts.insert(anAccount(10, { userName: "ada", email: "bob", name: "cy" }))),
    );
    for (const text of ["adabob", "ada bob", "bobcy", "bob cy", "ada\nbob"]) {
      assert.deepEqual(await run(find({ text })), []);
    }
  },
};
