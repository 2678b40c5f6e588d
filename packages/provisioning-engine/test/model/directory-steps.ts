/**
 * What a directory does, in any order: people and groups come, change, go and come again.
 *
 * @module
 */
import fc from "fast-check";
import { GROUP, memberOf, PATCH, USER } from "./resources.ts";
import type { State } from "./state.ts";
import { type Did, NOTHING, pick, type Step, tenantState } from "./step.ts";
import { ROOT, type ScimRequest, STRANGER, TEAM, type World } from "./world.ts";

const UNKNOWN = "0197f000-0000-7000-8000-ffffffffffff";

const number = fc.nat({ max: 5 });
/** As directories send it; undefined says nothing. */
const kind = fc.constantFrom(undefined, true, false, "True", "false");
const active = fc.constantFrom(true, true, true, false, "False");

/** Addresses that hand-made accounts have too. */
export function emailOf(n: number): string {
  return `mail${n}@acme.test`;
}

function nameOf(n: number): string {
  return `person${n}@acme.test`;
}

/** What the last write was, to be repeated. */
const lastRequest = new WeakMap<World, ScimRequest>();

function directoryStep(
  title: string,
  request: (state: State) => ScimRequest | undefined,
  facts: Pick<Did, "saysKind"> = {},
): Step {
  return {
    author: "directory",
    title,
    run: async (world, before) => {
      const wanted = request(before);
      if (wanted === undefined) return { outcome: NOTHING, tenantId: ROOT, ...facts };
      const outcome = await world.push(wanted);
      if (outcome.status < 300) lastRequest.set(world, wanted);
      else lastRequest.delete(world);
      return { outcome, tenantId: ROOT, ...facts };
    },
  };
}

interface PersonShape {
  readonly n: number;
  readonly kind: boolean | string | undefined;
  readonly active: boolean | string;
  readonly hasExternalId: boolean;
  readonly email: number | undefined;
}

const person: fc.Arbitrary<PersonShape> = fc.record({
  n: number,
  kind,
  active,
  hasExternalId: fc.boolean(),
  email: fc.option(fc.nat({ max: 1 }), { nil: undefined }),
});

function userBody({ n, kind: team, active: isActive, hasExternalId, email }: PersonShape): object {
  return {
    schemas: [USER],
    userName: n % 2 === 0 ? nameOf(n) : nameOf(n).toUpperCase(),
    displayName: `Person ${n}`,
    active: isActive,
    ...(hasExternalId ? { externalId: `external-${n}` } : {}),
    ...(email === undefined ? {} : { emails: [{ value: emailOf(email), type: "work", primary: true }] }),
    ...(team === undefined ? {} : { [TEAM]: { isTeamAccount: team } }),
  };
}

const createUser = person.map((shape) =>
  directoryStep(
    `POST /Users ${JSON.stringify(shape)}`,
    () => ({ method: "POST", path: "/Users", body: userBody(shape) }),
    { saysKind: shape.kind !== undefined },
  ),
);

function userPath(state: State, n: number): string | undefined {
  const user = pick(tenantState(state, ROOT).users, n);
  return user && `/Users/${user.id}`;
}

const putUser = fc.tuple(number, person).map(([target, shape]) =>
  directoryStep(
    `PUT /Users ${target} ${JSON.stringify(shape)}`,
    (state) => {
      const path = userPath(state, target);
      return path === undefined ? undefined : { method: "PUT", path, body: userBody(shape) };
    },
    { saysKind: shape.kind !== undefined },
  ),
);

const KIND_PATH = `${TEAM}:isTeamAccount`;

interface Operation {
  readonly op: string;
  readonly path?: string;
  readonly value?: unknown;
}

const userOperation: fc.Arbitrary<Operation> = fc.oneof(
  active.map((value) => ({ op: "Replace", path: "active", value })),
  fc.constantFrom(true, false, "True", "False").map((value) => ({ op: "replace", path: KIND_PATH, value })),
  fc.constantFrom<Operation>(
    { op: "remove", path: KIND_PATH },
    { op: "replace", path: KIND_PATH, value: "neither" },
    { op: "replace", path: "nickName", value: 7 },
  ),
  number.map((n) => ({ op: "replace", path: "userName", value: nameOf(n) })),
  number.map((n) => ({ op: "replace", path: "displayName", value: `Person ${n}` })),
  number.map((n) => ({ op: "add", value: { externalId: `external-${n}`, title: `Title ${n}` } })),
  number.map((n) => ({ op: "replace", path: 'emails[type eq "work"].value', value: nameOf(n) })),
);

const patchUser = fc.tuple(number, fc.array(userOperation, { minLength: 1, maxLength: 3 })).map(([n, operations]) =>
  directoryStep(
    `PATCH /Users ${n} ${JSON.stringify(operations)}`,
    (state) => {
      const path = userPath(state, n);
      const body = { schemas: [PATCH], Operations: operations };
      return path === undefined ? undefined : { method: "PATCH", path, body };
    },
    { saysKind: operations.some(({ op, path }) => path === KIND_PATH && op !== "remove") },
  ),
);

const deleteUser = number.map((n) =>
  directoryStep(`DELETE /Users ${n}`, (state) => {
    const path = userPath(state, n);
    return path === undefined ? undefined : { method: "DELETE", path };
  }),
);

const picks = fc.array(fc.nat({ max: 6 }), { maxLength: 4 });

/** People of the directory, and now and then somebody who is nobody. */
function memberValues(state: State, numbers: readonly number[]): readonly { readonly value: string }[] {
  const { users } = tenantState(state, ROOT);
  return numbers.map((n) => memberOf(n === 6 ? UNKNOWN : (pick(users, n)?.id ?? UNKNOWN)));
}

const createGroup = fc.tuple(fc.nat({ max: 3 }), picks).map(([n, members]) =>
  directoryStep(`POST /Groups ${n} ${members}`, (state) => ({
    method: "POST",
    path: "/Groups",
    body: { schemas: [GROUP], displayName: `Group ${n}`, members: memberValues(state, members) },
  })),
);

type GroupOperation = (state: State) => Operation;

const groupOperation: fc.Arbitrary<GroupOperation> = fc.oneof(
  fc.nat({ max: 3 }).map(
    (n): GroupOperation =>
      () => ({ op: "replace", path: "displayName", value: `Group ${n}` }),
  ),
  fc.tuple(fc.constantFrom("add", "remove", "replace"), picks).map(
    ([op, numbers]): GroupOperation =>
      (state) => ({ op, path: "members", value: memberValues(state, numbers) }),
  ),
);

const patchGroup = fc.tuple(number, fc.array(groupOperation, { minLength: 1, maxLength: 3 })).map(([n, operations]) =>
  directoryStep(`PATCH /Groups ${n} (${operations.length} operations)`, (state) => {
    const group = pick(tenantState(state, ROOT).groups, n);
    if (group === undefined) return undefined;
    const body = { schemas: [PATCH], Operations: operations.map((operation) => operation(state)) };
    return { method: "PATCH", path: `/Groups/${group.id}`, body };
  }),
);

const deleteGroup = number.map((n) =>
  directoryStep(`DELETE /Groups ${n}`, (state) => {
    const group = pick(tenantState(state, ROOT).groups, n);
    return group && { method: "DELETE", path: `/Groups/${group.id}` };
  }),
);

/** Identity providers repeat what they got no answer to. */
const repeat: Step = {
  author: "directory",
  title: "the same request again",
  run: async (world) => {
    const request = lastRequest.get(world);
    if (request === undefined) return { outcome: NOTHING, tenantId: ROOT };
    return { outcome: await world.push(request), tenantId: ROOT, repeats: true };
  },
};

const read: Step = {
  author: "directory",
  title: "GET /Users",
  run: async (world) => ({ outcome: await world.push({ method: "GET", path: "/Users" }), tenantId: ROOT }),
};

/** A valid token, of another connection. */
const stranger: Step = {
  author: "directory",
  title: "a stranger's token",
  run: async (world) => {
    const outcome = await world.push({ method: "GET", path: "/Users" }, STRANGER);
    return { outcome, tenantId: ROOT, intrudes: true };
  },
};

export const directorySteps: fc.Arbitrary<Step> = fc.oneof(
  { arbitrary: createUser, weight: 6 },
  { arbitrary: patchUser, weight: 6 },
  { arbitrary: putUser, weight: 2 },
  { arbitrary: deleteUser, weight: 2 },
  { arbitrary: createGroup, weight: 2 },
  { arbitrary: patchGroup, weight: 4 },
  { arbitrary: deleteGroup, weight: 1 },
  { arbitrary: fc.constant(repeat), weight: 2 },
  { arbitrary: fc.constant(read), weight: 1 },
  { arbitrary: fc.constant(stranger), weight: 1 },
);
