/**
 * What a simulation foretells is what comes: random steps of the model, each write of a person first tried and then done
 * in earnest, on any store.
 *
 * @module
 */
import fc from "fast-check";
import { expect } from "vitest";
import type { Account, Admin, Impact, Place, Simulation, Tried } from "../../src/index.ts";
import type { Store } from "../../src/ports/index.ts";
import { namedSubject } from "../../src/sync/sync-subject.ts";
import { directorySteps } from "../model/directory-steps.ts";
import { personSteps } from "../model/person-steps.ts";
import { beginnings, populate } from "../model/populate.ts";
import type { State, TenantState } from "../model/state.ts";
import { type Step, tenantState } from "../model/step.ts";
import { type Outcome, openWorld, type World } from "../model/world.ts";

/** `FORETOLD_RUNS` asks for more. */
export const FORETOLD_RUNS: number = Number(process.env.FORETOLD_RUNS ?? 40);

const SEED = 20_260_401;
const STEPS_PER_RUN = 12;

const steps = fc.oneof({ arbitrary: directorySteps, weight: 1 }, { arbitrary: personSteps, weight: 2 });

const sequences = fc.array(steps, { maxLength: STEPS_PER_RUN, size: "max" });

/**
 * @param openStore gives a new, empty store each time
 * @returns how many writes were foretold
 */
export async function runForetelling(openStore: () => Promise<Store> | Store, runs: number): Promise<number> {
  let foretold = 0;
  const property = fc.asyncProperty(beginnings, sequences, async (beginning, sequence) => {
    const store = await openStore();
    const world = await openWorld(store);
    try {
      await populate(world, beginning);
      for (const step of sequence) if (await foretellStep(world, step)) foretold += 1;
    } finally {
      await world.close();
      await store.close();
    }
  });
  await fc.assert(property, { numRuns: runs, seed: SEED, endOnFailure: true });
  return foretold;
}

/** @returns whether the step was one that can be tried */
async function foretellStep(world: World, step: Step): Promise<boolean> {
  await world.drain();
  world.tick();
  const before = await readMoment(world);
  const tried = step.author === "person" ? await tryStep(world, step, before) : undefined;
  if (tried !== undefined) expect(await world.read(), step.title).toEqual(before.state);
  const { outcome } = await step.run(world, before.state);
  if (tried === undefined) return false;
  expect([outcome.status, outcome.code], step.title).toEqual([tried.outcome.status, tried.outcome.code]);
  if (tried.simulation === undefined) return true;
  await world.drain();
  const after = await readMoment(world);
  compare(step.title, tried.simulation, { tenantId: tried.tenantId, before, after });
  return true;
}

/** Everything, and people as each tenant shows them. */
interface Moment {
  readonly state: State;
  readonly people: ReadonlyMap<string, readonly Account[]>;
}

async function readMoment(world: World): Promise<Moment> {
  const state = await world.read();
  const people = new Map<string, readonly Account[]>();
  for (const id of state.keys()) people.set(id, (await world.admin().accounts.list(id, { limit: 500 })).items);
  return { state, people };
}

interface TriedStep {
  readonly tenantId: string;
  readonly outcome: Outcome;
  /** None of a write that would be refused. */
  readonly simulation: Simulation | undefined;
}

/** @returns undefined when nobody was there to act on, and unless the step is one write that can be tried */
async function tryStep(world: World, step: Step, before: Moment): Promise<TriedStep | undefined> {
  const calls: string[] = [];
  let outcome: Outcome | undefined;
  const operate: World["operate"] = async (work) => {
    outcome = await world.operate((admin) => work(simulating(admin, calls)));
    return outcome;
  };
  await step.run({ ...world, operate, renewToken: async () => {}, drain: async () => {} }, before.state);
  const [tenantId, ...others] = calls;
  if (outcome === undefined || tenantId === undefined || others.length > 0) return undefined;
  return { tenantId, outcome, simulation: (outcome.body as Tried | null)?.simulation };
}

const TRIED = { simulate: true } as const;

/** An admin whose writes are only tried. @param calls gets the tenant of each */
function simulating(admin: Admin, calls: string[]): Admin {
  const on = (tenantId: string): string => {
    calls.push(tenantId);
    return tenantId;
  };
  const { tenants, accounts, groups, connections, roleRules, syncFailures } = admin;
  return {
    as: (actor) => simulating(admin.as(actor), calls),
    tenants: {
      ...tenants,
      create: (tenant) => tenants.create({ ...tenant, id: on(tenant.id), ...TRIED }),
      update: (tenant, change) => tenants.update(on(tenant), { ...change, ...TRIED }),
    },
    accounts: {
      ...accounts,
      create: (tenant, account) => accounts.create(on(tenant), { ...account, ...TRIED }),
      update: (tenant, id, change) => accounts.update(on(tenant), id, { ...change, ...TRIED }),
      delete: (tenant, id) => accounts.delete(on(tenant), id, TRIED),
    },
    groups: {
      ...groups,
      create: (tenant, group) => groups.create(on(tenant), { ...group, ...TRIED }),
      update: (tenant, id, change) => groups.update(on(tenant), id, { ...change, ...TRIED }),
      delete: (tenant, id) => groups.delete(on(tenant), id, TRIED),
      addMember: (tenant, id, account) => groups.addMember(on(tenant), id, account, TRIED),
      removeMember: (tenant, id, account) => groups.removeMember(on(tenant), id, account, TRIED),
    },
    connections: {
      ...connections,
      update: (tenant, change) => connections.update(on(tenant), { ...change, ...TRIED }),
      archive: (tenant, options) => connections.archive(on(tenant), { ...options, ...TRIED }),
      restore: (tenant) => connections.restore(on(tenant), TRIED),
    },
    syncFailures: { ...syncFailures, retry: (tenant, id) => syncFailures.retry(on(tenant), id, TRIED) },
    roleRules: { ...roleRules, replace: (tenant, rules) => roleRules.replace(on(tenant), { ...rules, ...TRIED }) },
  } as Partial<Admin> as Admin;
}

interface Course {
  readonly tenantId: string;
  readonly before: Moment;
  readonly after: Moment;
}

function compare(title: string, { impact, events, failures }: Simulation, course: Course): void {
  const { tenantId, before, after } = course;
  const was = before.people.get(tenantId) ?? [];
  const is = after.people.get(tenantId) ?? [];
  const keyOf = namer(was);
  const foretold = new Map(was.map((person) => [keyOf(person), placeOf(person)]));
  for (const { account, after: place } of impact.people) {
    if (place === null) foretold.delete(keyOf(account));
    else foretold.set(keyOf(account), place);
  }
  expect(foretold, title).toEqual(new Map(is.map((person) => [keyOf(person), placeOf(person)])));
  expect(impact.seats, title).toEqual(seatsOf(course));
  expect(impact.waiting.first.map(keyOf), title).toEqual(queueOf(after, tenantId).map(keyOf));
  const isActive = new Set(is.filter(({ status }) => status === "active").map(({ id }) => id));
  const admitted = was.filter(({ id, status }) => status === "pending" && isActive.has(id));
  expect(impact.admitted.first.map(keyOf), title).toEqual(admitted.map(keyOf));

  const expected = failures.map(({ cause, subject }) => `${cause} ${namedSubject("User", subject).key}`);
  expect(expected.toSorted(), title).toEqual(openedOf(course).toSorted());
  checkRefused(title, impact, tenantState(after.state, tenantId));

  const names = (id: string | null) => (id === null ? "" : was.some((person) => person.id === id) ? id : "new");
  expect(events.map(({ type, account }) => `${type} ${names(account)}`).toSorted(), title).toEqual(
    told(course)
      .map(({ type, accountId }) => `${type} ${names(accountId)}`)
      .toSorted(),
  );
}

/** Somebody who was there by id; of somebody new nobody knows the id before. */
function namer(was: readonly Account[]): (person: Pick<Account, "id" | "userName">) => string {
  const known = new Set(was.map(({ id }) => id));
  return ({ id, userName }) => (known.has(id) ? id : `new ${userName}`);
}

function placeOf({ kind, role, contentRole, status, suspended, managedBy, lockedFields, groups }: Account): Place {
  const groupIds = groups.map(({ id }) => id);
  const [managed, locked] = [managedBy !== null, lockedFields.length > 0];
  return { kind, role, contentRole, status, suspended, managed, locked, groups: groupIds };
}

function seatsOf({ tenantId, before, after }: Course): Impact["seats"] {
  const none = { used: 0, waiting: 0, limit: null };
  const count = (state: State, kind: "user" | "reader") => {
    const own = state.get(tenantId);
    if (own === undefined) return none;
    const { parentId, seatLimits } = own.tenant;
    const through = parentId !== null && seatLimits.user === null && seatLimits.reader === null;
    const counted = through ? [own, tenantState(state, parentId)] : [own];
    const sum = (side: "held" | "waiting") => counted.reduce((all, { seatCount }) => all + seatCount[kind][side], 0);
    return { used: sum("held"), waiting: sum("waiting"), limit: seatLimits[kind] };
  };
  return {
    user: { before: count(before.state, "user"), after: count(after.state, "user") },
    reader: { before: count(before.state, "reader"), after: count(after.state, "reader") },
  };
}

function queueOf({ state, people }: Moment, tenantId: string): readonly Account[] {
  const { tenant, seats } = tenantState(state, tenantId);
  const parents = tenant.parentId === null ? [] : tenantState(state, tenant.parentId).seats;
  const since = new Map([...parents, ...seats].map((seat) => [seat.accountId, `${seat.since} ${seat.accountId}`]));
  const pending = (people.get(tenantId) ?? []).filter(({ status }) => status === "pending");
  return pending.toSorted((a, b) => ((since.get(a.id) ?? "") < (since.get(b.id) ?? "") ? -1 : 1));
}

/** Entries of the tenant's list that were opened meanwhile and are open. */
function openedOf({ tenantId, before, after }: Course): readonly string[] {
  const known = new Set(before.state.get(tenantId)?.failures.map(({ id }) => id));
  return openOf(tenantState(after.state, tenantId)).flatMap(({ id, entry }) => (known.has(id) ? [] : entry));
}

function openOf({ failures }: TenantState): readonly { readonly id: string; readonly entry: string }[] {
  const open = failures.filter(({ resolvedAt }) => resolvedAt === null);
  return open.map(({ id, cause, subject }) => ({ id, entry: `${cause} ${subject.key}` }));
}

function checkRefused(title: string, { people, refused, failures }: Impact, tenant: TenantState): void {
  const open = new Set(openOf(tenant).map(({ entry }) => entry));
  const listed = people.flatMap((person) => person.failures);
  for (const { cause, subject } of listed)
    expect(open, title).toContain(`${cause} ${namedSubject("User", subject).key}`);
  expect(
    Object.values(failures).reduce((sum, count) => sum + count, 0),
    title,
  ).toBeGreaterThanOrEqual(listed.length);
  const staying = people.filter(({ outcome }) => outcome === "refused");
  expect(staying.length, title).toBeLessThanOrEqual(refused);
  for (const person of staying) expect(person.failures, title).not.toEqual([]);
}

function told({ tenantId, before, after }: Course): TenantState["changes"] {
  const known = new Set(before.state.get(tenantId)?.changes.map(({ id }) => id));
  const { changes } = tenantState(after.state, tenantId);
  return changes.filter(({ id, type }) => !known.has(id) && type !== "sync.failed");
}
