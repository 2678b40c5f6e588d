/**
 * Values come back as they went in, and text is compared alike everywhere.
 *
 * @module
 */
import assert from "node:assert/strict";
import type { Transaction } from "../../ports/index.ts";
import {
  ACME,
  ACME_CONNECTION,
  aChange,
  aDirectoryGroup,
  aLocalGroup,
  anAccount,
  anAuditEntry,
  anOverlay,
  aTenant,
  at,
  aUser,
  id,
} from "../records.ts";
import { type Cases, refused, type World, written } from "../world.ts";

const C = ACME_CONNECTION;

/** Text that databases, drivers and encodings have been known to change. */
const AWKWARD = [
  "",
  " ",
  " leading and trailing ",
  "Zoë Ångström",
  "e\u0301 is not \u00e9",
  "𝒜da 👩🏽‍💻",
  "日本語",
  "\u202Eright to left",
  "line\nbreak\r\n\ttab",
  `quote " apostrophe ' backslash \\ percent % semicolon ;`,
  "'; drop table users; --",
  "null",
  "1e3",
];

const readUser = (tx: Transaction) => tx.users.get(C, id(10));

async function assertAttributes({ run }: World, attributes: ReturnType<typeof aUser>["attributes"]): Promise<void> {
  await run(async (tx) => written(await tx.users.insert(aUser(10, { attributes }))));
  assert.deepEqual((await run(readUser))?.attributes, attributes);
}

const userNamed = (value: string) => async (tx: Transaction) =>
  (await tx.users.find({ connectionId: C, lookups: [{ attribute: "userName", value }], limit: 5 })).map(
    (user) => user.id,
  );

export const valueCases: Cases = {
  "keeps text exactly": async ({ run }) => {
    await run(async (tx) => {
      for (const [index, text] of AWKWARD.entries()) {
        const number = 100 + index;
        written(await tx.users.insert(aUser(number, { userName: `${index}${text}`, externalId: `${index}${text}` })));
        written(await tx.accounts.insert(anAccount(number, { name: text, samlNameId: `${index}${text}` })));
        written(await tx.groups.insert(aDirectoryGroup(number, { displayName: `${index}${text}`, externalId: text })));
      }
    });
    await run(async (tx) => {
      for (const [index, text] of AWKWARD.entries()) {
        const number = 100 + index;
        assert.equal((await tx.users.get(C, id(number)))?.userName, `${index}${text}`);
        assert.deepEqual(await userNamed(`${index}${text}`)(tx), [id(number)]);
        assert.equal((await tx.accounts.get(ACME, id(number)))?.name, text);
        assert.equal((await tx.accounts.bySamlNameId(ACME, `${index}${text}`))?.id, id(number));
        assert.equal((await tx.groups.get(C, id(number)))?.externalId, text);
      }
    });
  },
  "keeps the attributes of a user exactly": async (world) => {
    await assertAttributes(world, {
      userName: "Ada@acme.test",
      active: false,
      nickName: "",
      loginCount: 0,
      ratio: -1.5e-7,
      large: Number.MAX_SAFE_INTEGER,
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": { department: "R&D", manager: { value: id(9) } },
      emails: [{ value: "ada@acme.test", type: "work", primary: true }, { value: "ada@home.test" }],
      empty: [],
      nothing: {},
      texts: AWKWARD,
    });
  },
  "J33: keeps the largest safe integers exactly": async (world) => {
    await assertAttributes(world, { most: Number.MAX_SAFE_INTEGER, least: Number.MIN_SAFE_INTEGER });
  },
  "D50: keeps attributes that are named like what objects inherit": async (world) => {
    const attributes = JSON.parse('{"__proto__": {"polluted": true}, "constructor": "c", "toString": 1}');
    await assertAttributes(world, attributes);
    const read = (await world.run(readUser))?.attributes ?? {};
    assert.deepEqual(Object.keys(read).toSorted(), ["__proto__", "constructor", "toString"]);
    assert.equal(Object.hasOwn({}, "polluted"), false);
    assert.equal("polluted" in {}, false);
  },
  "J08: keeps large lists in their order": async (world) => {
    const many = Array.from({ length: 5000 }, (_, index) => ({ value: `mail${(index * 7919) % 5000}@acme.test` }));
    await assertAttributes(world, { emails: many });
  },
  "keeps content access as it is, of any JSON shape": async ({ run }) => {
    for (const contentAccess of [null, true, 0, "", "all", [], {}, [null, [1, { a: [] }]], { ws: { docs: "rw" } }]) {
      await run(async (tx) => {
        await tx.overlays.put(anOverlay(id(10), { contentAccess }));
        await tx.localGroups.delete(ACME, id(30));
        written(await tx.localGroups.insert(aLocalGroup(30, { contentAccess })));
      });
      assert.deepEqual((await run((tx) => tx.overlays.get(ACME, id(10))))?.contentAccess, contentAccess);
      assert.deepEqual((await run((tx) => tx.localGroups.get(ACME, id(30))))?.contentAccess, contentAccess);
    }
  },
  "keeps seat limits apart from no limit": async ({ run }) => {
    const seatLimits = { user: 0, reader: null };
    await run(async (tx) => written(await tx.tenants.update(aTenant({ seatLimits, version: 2 }))));
    assert.deepEqual((await run((tx) => tx.tenants.get(ACME)))?.seatLimits, seatLimits);
  },
  "I4: what a caller does afterwards to a value that it gave changes nothing": async ({ run }) => {
    const emails = ["ada@acme.test"];
    const name = { givenName: "Ada" };
    const user = { ...aUser(10), emails, attributes: { name, emails } };
    await run(async (tx) => {
      written(await tx.users.insert(user));
      emails.push("eve@acme.test");
      name.givenName = "Eve";
      user.userName = "eve";
      assert.equal((await readUser(tx))?.userName, "user10@acme.test");
    });
    const read = await run(readUser);
    assert.deepEqual(read?.attributes, { name: { givenName: "Ada" }, emails: ["ada@acme.test"] });
    assert.deepEqual(read?.emails, ["ada@acme.test"]);
    assert.deepEqual(await run(userNamed("eve")), []);
  },
  "I4: what is recorded is what was so then, whatever becomes of the value": async ({ run }) => {
    const value = { list: ["then"] };
    await run(async (tx) => {
      await tx.audit.append(anAuditEntry(1, { after: value }));
      await tx.changes.append(aChange(1, { data: value }));
      await tx.overlays.put(anOverlay(id(10), { contentAccess: value }));
      await tx.oneTime.put(C, "request", "_a1", value, at(60), at(0));
      value.list.push("later");
    });
    await run(async (tx) => {
      const [entry] = await tx.audit.page(ACME, { limit: 1 });
      const [change] = await tx.changes.read(ACME, { limit: 1 });
      const overlay = await tx.overlays.get(ACME, id(10));
      const once = await tx.oneTime.take(C, "request", "_a1", at(1));
      const then = { list: ["then"] };
      assert.deepEqual([entry?.entry.after, change?.change.data], [then, then]);
      assert.deepEqual([overlay?.contentAccess, once?.value], [then, then]);
    });
  },
  "I4: what a caller does to a value that it got changes nothing": async ({ run }) => {
    await run(async (tx) => written(await tx.users.insert(aUser(10))));
    const spoil = (value: object | null | undefined) => {
      for (const key of Object.keys(value ?? {})) {
        // A frozen value refuses, which is as good.
        Reflect.set(value ?? {}, key, "spoiled");
      }
    };
    await run(async (tx) => {
      const got = await readUser(tx);
      const [found] = await tx.users.find({ connectionId: C, lookups: [], limit: 1 });
      for (const row of [got, found])
        for (const value of [row?.attributes.name, row?.emails, row]) {
          spoil(value as object | undefined);
        }
    });
    assert.deepEqual(await run(readUser), aUser(10));
  },
  "I8: compares without case as JavaScript's toLowerCase does, not only for ASCII": async ({ run }) => {
    await run(async (tx) => {
      written(await tx.users.insert(aUser(10, { userName: "ÅSA@acme.test" })));
      written(await tx.users.insert(aUser(11, { userName: "ΣΊΣΥΦΟΣ" })));
      refused(await tx.users.insert(aUser(12, { userName: "åsa@ACME.test" })), "userName");
      refused(await tx.users.insert(aUser(12, { userName: "ΣΊΣΥΦΟΣ".toLowerCase() })), "userName");
    });
    assert.deepEqual(await run(userNamed("åsa@acme.test")), [id(10)]);
  },
  "I8: does not take different letters for one: İ, i, ı, ß and ss": async ({ run }) => {
    const names = ["İ@acme.test", "i@acme.test", "ı@acme.test", "straße", "strasse"];
    await run(async (tx) => {
      for (const [index, userName] of names.entries()) {
        written(await tx.users.insert(aUser(100 + index, { userName })));
        written(await tx.accounts.insert(anAccount(100 + index, { userName })));
      }
    });
    for (const [index, name] of names.entries()) {
      assert.deepEqual(await run(userNamed(name)), [id(100 + index)]);
      assert.equal((await run((tx) => tx.accounts.byUserName(ACME, name)))?.id, id(100 + index));
    }
    assert.deepEqual(await run(userNamed("İ@acme.test".toLowerCase())), [id(100)]);
  },
  "I8: does not take composed and decomposed letters for one": async ({ run }) => {
    await run(async (tx) => {
      written(await tx.users.insert(aUser(10, { userName: "\u00e9" })));
      written(await tx.users.insert(aUser(11, { userName: "e\u0301" })));
    });
    assert.deepEqual(await run(userNamed("\u00c9")), [id(10)]);
  },
  "finds text beyond ASCII without case": async ({ run }) => {
    await run(async (tx) => written(await tx.accounts.insert(anAccount(10, { name: "Zoë ÅNGSTRÖM" }))));
    const found = await run((tx) => tx.accounts.find({ tenantId: ACME, text: "zoË ång", limit: 5 }));
    assert.equal(found.length, 1);
  },
  "keeps instants as they were written": async ({ run }) => {
    const account = anAccount(10, { createdAt: "2026-03-29T01:30:00.001Z", updatedAt: at(0.999) });
    await run(async (tx) => written(await tx.accounts.insert(account)));
    assert.deepEqual(await run((tx) => tx.accounts.get(ACME, id(10))), account);
  },
};
