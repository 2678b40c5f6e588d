/**
 * Groups: representation, whole replacement, and what becomes of members (RFC 7643 §4.2).
 *
 * @module
 */
import { PATCH, userAttribute } from "../abilities.ts";
import type { ConformanceCase } from "../conformance-case.ts";
import { verify, verifyBody, verifyEqual, verifyRefusal, verifyStatus } from "../statements.ts";
import { createPeople, membersOf, sortedIds } from "./group-people.ts";

const PATCH_OP = "RFC 7644 §3.5.2";
const UNKNOWN_ID = "00000000-0000-4000-8000-000000000000";

export const groupCases: readonly ConformanceCase[] = [
  {
    id: "A01",
    clause: "RFC 7643 §4.2",
    title: "a group comes back with its members",
    run: async ({ createUser, createGroup, read }) => {
      const member = await createUser();
      const { path, id, name } = await createGroup([member]);
      verifyBody(`GET ${path}`, await read(path), {
        id,
        displayName: name,
        "meta.resourceType": "Group",
        members: [{ value: member.id }],
      });
    },
  },
  {
    id: "A16",
    clause: "RFC 7643 §2.5",
    title: "a group without members has none",
    run: async (world) => verifyEqual("The members", await membersOf(world, (await world.createGroup()).path), []),
  },
  {
    id: "A11",
    clause: "RFC 7643 §4.2",
    title: "a group without a displayName is refused",
    run: async ({ send, groupBody }) => {
      const { displayName: _displayName, ...body } = groupBody();
      verifyRefusal(await send({ method: "POST", path: "/Groups", body }), {
        status: [400],
        scimType: ["invalidValue"],
      });
    },
  },
  {
    id: "A18",
    clause: "RFC 7644 §3.5.1",
    title: "PUT leaves exactly the members that it names",
    run: async (world) => {
      const [ada, bob, cleo] = await createPeople(world);
      const { path, name } = await world.createGroup([ada, bob]);
      const body = world.groupBody([bob, cleo], { displayName: name });
      verifyStatus(await world.send({ method: "PUT", path, body }), 200);
      verifyEqual("The members", await membersOf(world, path), sortedIds([bob, cleo]));
    },
  },
  {
    id: "A20",
    clause: "RFC 7644 §3.6",
    title: "a deleted group is gone, its members are not",
    run: async ({ createUser, createGroup, read, send }) => {
      const member = await createUser();
      const { path } = await createGroup([member]);
      verifyStatus(await send({ method: "DELETE", path }), 204);
      verifyRefusal(await send({ method: "GET", path }), { status: [404] });
      verifyBody("The former member", await read(member.path), { id: member.id, groups: { $absentOrEmpty: true } });
    },
  },
  {
    id: "J35",
    clause: "RFC 7643 §4.1.2",
    title: "a person shows the groups, and changes with them",
    needs: [PATCH, userAttribute("groups")],
    run: async (world) => {
      const member = await world.createUser();
      const group = await world.createGroup([member]);
      verifyBody("The member", await world.read(member.path), { groups: [{ value: group.id }] });
      verifyStatus(await world.patch(group.path, { op: "remove", path: "members" }), 200, 204);
      verifyBody("The former member", await world.read(member.path), { groups: { $absentOrEmpty: true } });
    },
  },
  {
    id: "J35",
    clause: "RFC 7643 §4.2",
    title: "a deleted person is in no group",
    run: async (world) => {
      const [gone, stays] = await createPeople(world);
      const { path } = await world.createGroup([gone, stays]);
      verifyStatus(await world.send({ method: "DELETE", path: gone.path }), 204);
      verifyEqual("The members", await membersOf(world, path), [stays.id]);
    },
  },
  {
    id: "J08",
    clause: PATCH_OP,
    title: "a group of 101 members loses and gains exactly those that are named",
    needs: [PATCH],
    run: async (world) => {
      const members = await world.createUsers(101);
      const { path } = await world.createGroup(members);
      verifyEqual("The members after POST", await membersOf(world, path), sortedIds(members));
      const value = members.slice(0, 50).map(({ id }) => ({ value: id }));
      verifyStatus(await world.patch(path, { op: "replace", path: "members", value }), 200, 204);
      verifyEqual("The members after replace", await membersOf(world, path), sortedIds(members.slice(0, 50)));
      const rest = members.slice(50).map(({ id }) => ({ value: id }));
      verifyStatus(await world.patch(path, { op: "add", path: "members", value: rest }), 200, 204);
      verifyEqual("The members after add", await membersOf(world, path), sortedIds(members));
    },
  },
  ...["POST", "PATCH"].map(
    (method): ConformanceCase => ({
      id: "J10",
      clause: "RFC 7644 §3.12",
      title: `${method} with an unknown member is refused and saves nothing, or leaves that member out`,
      needs: method === "PATCH" ? [PATCH] : [],
      run: async (world) => {
        const member = await world.createUser();
        const value = [{ value: member.id }, { value: UNKNOWN_ID }];
        const group = await world.createGroup();
        const answer =
          method === "PATCH"
            ? await world.patch(group.path, { op: "add", path: "members", value })
            : await world.send({ method, path: "/Groups", body: world.groupBody([], { members: value }) });
        verifyStatus(answer, 200, 201, 204, 400, 404);
        if (answer.status >= 400) return verifyEqual("The members", await membersOf(world, group.path), []);
        const path = method === "PATCH" ? group.path : `/Groups/${encodeURIComponent(String(answer.body.id))}`;
        verifyEqual("The members", await membersOf(world, path), [member.id]);
      },
    }),
  ),
  {
    id: "J11",
    clause: "RFC 7643 §4.2",
    title: "a group as a member is stored as one, or refused, and never taken for a person",
    needs: [PATCH],
    run: async (world) => {
      const inner = await world.createGroup();
      const { path } = await world.createGroup();
      const value = [{ value: inner.id, type: "Group" }];
      const answer = await world.patch(path, { op: "add", path: "members", value });
      if (answer.status === 400) return verifyRefusal(answer, { status: [400] });
      verifyStatus(answer, 200, 204);
      verifyBody("The group", await world.read(path), { members: [{ value: inner.id, type: "Group" }] });
    },
  },
  {
    id: "J13",
    clause: "RFC 7643 §7",
    title: "the value of a member is immutable",
    needs: [PATCH],
    run: async (world) => {
      const [ada, bob] = await createPeople(world);
      const { path } = await world.createGroup([ada]);
      const answer = await world.patch(path, {
        op: "replace",
        path: `members[value eq "${ada.id}"].value`,
        value: bob.id,
      });
      verify(answer.status === 400, `${answer.call} answered ${answer.status}, expected 400: it changes a member.`);
      verifyEqual("The members", await membersOf(world, path), [ada.id]);
    },
  },
];
