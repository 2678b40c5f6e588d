/**
 * Local groups and memberships: by kind, by source, as long as one source remains.
 *
 * @module
 */
import assert from "node:assert/strict";
import type { LocalMembershipRecord, Transaction } from "../../ports/index.ts";
import { ACME, aLocalGroup, id } from "../records.ts";
import { type Cases, refused, sorted, written } from "../world.ts";
import { versionedCases } from "./versioned.ts";

const group = aLocalGroup(20);

const membership = (
  account: number,
  source: LocalMembershipRecord["source"] = "local",
  groupId: string = group.id,
): LocalMembershipRecord => ({ tenantId: ACME, groupId, accountId: id(account), source });

const text = ({ groupId, accountId, source }: LocalMembershipRecord) => `${groupId} ${accountId} ${source}`;
const texts = (memberships: readonly LocalMembershipRecord[]) => sorted(memberships.map(text));
const members = async (tx: Transaction) => texts(await tx.localGroups.membersOf(ACME, group.id));

export const localGroupCases: Cases = {
  ...versionedCases({
    row: group,
    changed: { name: "Writers", kind: "reader", role: "Editor", contentAccess: { all: true } },
    repository: (tx) => tx.localGroups,
    get: (tx) => tx.localGroups.get(ACME, group.id),
  }),
  "refuses a taken name of the same kind, whatever its case": async ({ run }) => {
    await run(async (tx) => {
      written(await tx.localGroups.insert(group));
      refused(await tx.localGroups.insert(aLocalGroup(21, { name: "GROUP 20" })), "name");
      written(await tx.localGroups.insert(aLocalGroup(22, { name: "GROUP 20", kind: "reader" })));
    });
    assert.equal(await run((tx) => tx.localGroups.get(ACME, id(21))), null);
  },
  "refuses an update to a taken name, and allows another case of its own": async ({ run }) => {
    await run(async (tx) => {
      written(await tx.localGroups.insert(group));
      written(await tx.localGroups.insert(aLocalGroup(21)));
      refused(await tx.localGroups.update(aLocalGroup(21, { name: "group 20", version: 2 })), "name");
      written(await tx.localGroups.update(aLocalGroup(21, { name: "GROUP 21", version: 2 })));
    });
  },
  "lists groups in order of id": async ({ run }) => {
    assert.deepEqual(await run((tx) => tx.localGroups.list(ACME)), []);
    await run(async (tx) => {
      for (const number of [22, 20, 21]) written(await tx.localGroups.insert(aLocalGroup(number)));
    });
    const listed = await run((tx) => tx.localGroups.list(ACME));
    assert.deepEqual(listed, [aLocalGroup(20), aLocalGroup(21), aLocalGroup(22)]);
  },
  "R38: adds a member once, however often it is added": async ({ run }) => {
    await run(async (tx) => {
      written(await tx.localGroups.insert(group));
      await tx.localGroups.addMember(membership(10));
      await tx.localGroups.addMember(membership(10));
    });
    assert.deepEqual(await run(members), [text(membership(10))]);
  },
  "I16: keeps a membership as long as one source remains": async ({ run }) => {
    await run(async (tx) => {
      written(await tx.localGroups.insert(group));
      await tx.localGroups.addMember(membership(10, "local"));
      await tx.localGroups.addMember(membership(10, "default"));
    });
    assert.deepEqual(await run(members), [text(membership(10, "default")), text(membership(10, "local"))]);
    assert.equal(await run((tx) => tx.localGroups.removeMember(membership(10, "local"))), true);
    assert.deepEqual(await run(members), [text(membership(10, "default"))]);
  },
  "removes a membership, and tells when there was none": async ({ run }) => {
    await run(async (tx) => {
      written(await tx.localGroups.insert(group));
      await tx.localGroups.addMember(membership(10));
      await tx.localGroups.addMember(membership(11));
    });
    assert.equal(await run((tx) => tx.localGroups.removeMember(membership(10))), true);
    assert.equal(await run((tx) => tx.localGroups.removeMember(membership(10))), false);
    assert.equal(await run((tx) => tx.localGroups.removeMember(membership(11, "default"))), false);
    assert.deepEqual(await run(members), [text(membership(11))]);
  },
  "reads the memberships of several accounts, of both sources": async ({ run }) => {
    const all = [
      membership(10, "local"),
      membership(10, "default"),
      membership(10, "default", id(21)),
      membership(11, "default"),
      membership(12, "local"),
    ];
    await run(async (tx) => {
      for (const number of [20, 21]) written(await tx.localGroups.insert(aLocalGroup(number)));
      for (const each of all) await tx.localGroups.addMember(each);
    });
    const read = await run((tx) => tx.localGroups.membershipsOf(ACME, [id(10), id(11), id(99)]));
    assert.deepEqual(texts(read), texts(all.slice(0, 4)));
    assert.deepEqual(await run((tx) => tx.localGroups.membershipsOf(ACME, [])), []);
  },
  "a directory group's face can have local members": async ({ run }) => {
    const face = `${id(50)}.reader`;
    await run((tx) => tx.localGroups.addMember(membership(10, "local", face)));
    assert.deepEqual(await run((tx) => tx.localGroups.membersOf(ACME, face)), [membership(10, "local", face)]);
  },
  "deletes a group with its memberships, and no others": async ({ run }) => {
    const elsewhere = membership(10, "local", id(21));
    await run(async (tx) => {
      for (const number of [20, 21]) written(await tx.localGroups.insert(aLocalGroup(number)));
      await tx.localGroups.addMember(membership(10));
      await tx.localGroups.addMember(membership(11, "default"));
      await tx.localGroups.addMember(elsewhere);
    });
    assert.equal(await run((tx) => tx.localGroups.delete(ACME, group.id)), true);
    assert.equal(await run((tx) => tx.localGroups.get(ACME, group.id)), null);
    assert.deepEqual(await run(members), []);
    assert.deepEqual(await run((tx) => tx.localGroups.membershipsOf(ACME, [id(10), id(11)])), [elsewhere]);
    assert.equal(await run((tx) => tx.localGroups.delete(ACME, group.id)), false);
    await run(async (tx) => written(await tx.localGroups.insert(aLocalGroup(22, { name: group.name }))));
  },
};
