import { describe, expect, it } from "vitest";
import { GROUP_URN, openScim, type Scim } from "../harness.ts";
import { FEW_MEMBERS } from "../memory-backend.ts";

async function members(scim: Scim, group: string): Promise<readonly unknown[]> {
  const { members: found = [] } = (await scim.get(group)).body;
  return Array.isArray(found) ? found.map(({ value }) => value).toSorted() : [];
}

describe("a PATCH of a group", () => {
  it("is answered with the group while it has few members", async () => {
    const scim = openScim();
    const ada = await scim.createUser("ada");
    const group = `/Groups/${await scim.createGroup("engineers")}`;
    const { status, body } = await scim.patch(group, { op: "add", path: "members", value: [{ value: ada }] });
    expect([status, body.displayName, body.members]).toEqual([
      200,
      "engineers",
      [expect.objectContaining({ value: ada })],
    ]);
    expect(scim.backend.asked.members).toBeUndefined();
  });

  it("is answered 204 when it has many: a change of one member never costs all of them", async () => {
    const scim = openScim();
    const ids = Array.from({ length: FEW_MEMBERS }, (_, index) => `user-${index}`);
    const group = `/Groups/${await scim.createGroup("engineers", ids)}`;
    const { status, text } = await scim.patch(group, { op: "add", path: "members", value: [{ value: "one-more" }] });
    expect([status, text]).toEqual([204, ""]);
    expect(await members(scim, group)).toEqual([...ids, "one-more"].toSorted());
    expect((await scim.patch(`${group}?attributes=displayName`, { op: "add", value: {} })).status).toBe(200);
  });

  it("is answered 200 when attributes are asked for", async () => {
    const scim = openScim();
    const group = `/Groups/${await scim.createGroup("engineers", [await scim.createUser("ada")])}`;
    const { status, body } = await scim.patch(`${group}?attributes=members`, { op: "remove", path: "members" });
    expect([status, body.id, body.members]).toEqual([200, group.slice("/Groups/".length), undefined]);
  });

  it("D17: Remove with a value array removes only those", async () => {
    const scim = openScim();
    const people = [await scim.createUser("ada"), await scim.createUser("bob")];
    const group = `/Groups/${await scim.createGroup("engineers", people)}`;
    await scim.patch(group, { op: "Remove", path: "members", value: [{ $ref: null, value: people[0] ?? "" }] });
    expect(await members(scim, group)).toEqual(people.slice(1));
  });

  it("J11: a nested group is refused, never taken for a person", async () => {
    const scim = openScim();
    const inner = await scim.createGroup("inner");
    const group = `/Groups/${await scim.createGroup("outer")}`;
    const value = [{ value: inner, type: "Group" }];
    expect(await scim.patch(group, { op: "add", path: "members", value })).toMatchObject({
      status: 400,
      body: { scimType: "invalidValue" },
    });
    const created = await scim.send("POST", "/Groups", { schemas: [GROUP_URN], displayName: "third", members: value });
    expect(created).toMatchObject({ status: 400, body: { scimType: "invalidValue" } });
    expect(await members(scim, group)).toEqual([]);
  });

  it("I02: eight members added at once are all there", async () => {
    const scim = openScim();
    const people = await Promise.all(Array.from({ length: 8 }, (_, index) => scim.createUser(`user${index}`)));
    const group = `/Groups/${await scim.createGroup("engineers")}`;
    await Promise.all(people.map((value) => scim.patch(group, { op: "add", path: "members", value: [{ value }] })));
    expect(await members(scim, group)).toEqual(people.toSorted());
  });
});

it("J08: ten thousand members arrive by POST, PUT and PATCH, to the last one", async () => {
  const scim = openScim();
  const ids = Array.from({ length: 10_001 }, (_, index) => `user-${index}`);
  const path = `/Groups/${await scim.createGroup("everybody", ids)}`;
  expect(await members(scim, path)).toEqual(ids.toSorted());
  const body = { schemas: [GROUP_URN], displayName: "everybody", members: ids.slice(1).map((value) => ({ value })) };
  expect((await scim.send("PUT", path, body)).status).toBe(200);
  const gone = ids.slice(1, 151).map((value) => ({ value }));
  await scim.patch(path, { op: "remove", path: "members", value: gone });
  expect(await members(scim, path)).toEqual(ids.slice(151).toSorted());
});

describe("a user", () => {
  it("shows the groups, which are read-only, after every way of asking", async () => {
    const scim = openScim();
    const ada = await scim.createUser("ada");
    const group = await scim.createGroup("engineers", [ada]);
    const patched = await scim.patch(`/Users/${ada}`, { op: "replace", path: "title", value: "Countess" });
    for (const { body } of [patched, await scim.get(`/Users/${ada}`)]) {
      expect(body.groups).toEqual([expect.objectContaining({ value: group })]);
    }
    await scim.send("DELETE", `/Users/${ada}`);
    expect(await members(scim, `/Groups/${group}`)).toEqual([]);
  });
});
