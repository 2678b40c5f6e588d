/**
 * What people do in the product meanwhile: local edits, limits, settings, links.
 *
 * @module
 */
import fc from "fast-check";
import type { AccountChange, Admin, ConnectionChange, NewRoleRule } from "../../src/index.ts";
import type { AccountRecord } from "../../src/ports/index.ts";
import { emailOf } from "./directory-steps.ts";
import { CONDITIONS } from "./rule-conditions.ts";
import type { State } from "./state.ts";
import { type Did, NOTHING, pick, type Step, tenantState } from "./step.ts";
import { ROOT } from "./world.ts";

const number = fc.nat({ max: 7 });
/** The root, or one of its children while it has some. */
export const tenantNumber: fc.Arbitrary<number> = fc.nat({ max: 3 });

export function tenantOf(state: State, n: number): string {
  const children = [...state.values()].filter(({ tenant }) => tenant.parentId === ROOT).map(({ tenant }) => tenant.id);
  return pick([ROOT, ...children], n) ?? ROOT;
}

type Operation = (admin: Admin, tenantId: string, state: State) => Promise<unknown> | undefined;

function personStep(title: string, n: number, operation: Operation, facts: Pick<Did, "deletes"> = {}): Step {
  return {
    author: "person",
    title: `tenant ${n}: ${title}`,
    run: async (world, before) => {
      const tenantId = tenantOf(before, n);
      let acted = true;
      const outcome = await world.operate(async (admin) => {
        const done = operation(admin, tenantId, before);
        acted = done !== undefined;
        return done;
      });
      return { outcome: acted ? outcome : NOTHING, tenantId, ...facts };
    },
  };
}

/** Accounts that a tenant shows: its own, and at a child those of its parent's directory. */
export function visibleAccounts(state: State, tenantId: string): readonly AccountRecord[] {
  const { tenant, accounts } = tenantState(state, tenantId);
  if (tenant.parentId === null) return accounts;
  const parent = tenantState(state, tenant.parentId);
  return [...accounts, ...parent.accounts.filter(({ connectionId }) => connectionId === parent.connection.id)];
}

function withAccount(n: number, work: (admin: Admin, tenantId: string, id: string) => Promise<unknown>): Operation {
  return (admin, tenantId, state) => {
    const account = pick(visibleAccounts(state, tenantId), n);
    return account && work(admin, tenantId, account.id);
  };
}

function changeAccount(title: string, change: fc.Arbitrary<AccountChange>): fc.Arbitrary<Step> {
  return fc.tuple(tenantNumber, number, change).map(([tenant, n, wanted]) =>
    personStep(
      `${title} of account ${n}: ${JSON.stringify(wanted)}`,
      tenant,
      withAccount(n, (admin, tenantId, id) => admin.accounts.update(tenantId, id, wanted)),
    ),
  );
}

const localEdit = changeAccount(
  "local edit",
  fc.oneof(
    fc.constantFrom("Owner", "Owner", "Editor", null).map((role) => ({ role })),
    fc.boolean().map((suspended) => ({ suspended })),
    number.map((n) => ({ contentAccess: { space: n } })),
    fc.constantFrom("Drafter", null).map((contentRole) => ({ contentRole })),
  ),
);

const identityEdit: fc.Arbitrary<AccountChange> = fc.oneof(
  number.map((n) => ({ name: `Local ${n}` })),
  number.map((n) => ({ userName: `person${n}@acme.test` })),
  number.map((n) => ({ email: `person${n}@acme.test` })),
  fc.constantFrom<AccountChange>({ kind: "user" }, { kind: "reader" }, { status: "active" }, { status: "inactive" }),
);

/** Of a field that the directory owns while it manages the account. */
const lockedEdit: fc.Arbitrary<Step> = fc
  .tuple(tenantNumber, number, identityEdit, fc.constantFrom("host", "olga"))
  .map(([tenant, n, change, who]) => ({
    author: "person",
    title: `tenant ${tenant}: ${who} edits account ${n}: ${JSON.stringify(change)}`,
    run: async (world, before) => {
      const tenantId = tenantOf(before, tenant);
      const account = pick(visibleAccounts(before, tenantId), n);
      if (account === undefined) return { outcome: NOTHING, tenantId };
      const outcome = await world.operate((admin) =>
        (who === "host" ? admin : admin.as({ type: "person", id: who })).accounts.update(tenantId, account.id, change),
      );
      return { outcome, tenantId, locked: account.id };
    },
  }));

const createAccount = fc
  .tuple(tenantNumber, number, fc.constantFrom("user", "reader"), fc.boolean(), fc.boolean())
  .map(([tenant, n, kind, hasEmail, breakGlass]) => {
    const email = hasEmail ? { email: emailOf(n % 2) } : {};
    const account = { userName: n < 2 ? `person${n}@acme.test` : `hand${n}`, kind, breakGlass, ...email } as const;
    return personStep(`new account ${JSON.stringify(account)}`, tenant, (admin, tenantId) =>
      admin.accounts.create(tenantId, account),
    );
  });

const deleteAccount: fc.Arbitrary<Step> = fc.tuple(tenantNumber, number).map(([tenant, n]) => ({
  author: "person",
  title: `tenant ${tenant}: delete account ${n}`,
  run: async (world, before) => {
    const tenantId = tenantOf(before, tenant);
    const account = pick(visibleAccounts(before, tenantId), n);
    if (account === undefined) return { outcome: NOTHING, tenantId };
    const outcome = await world.operate((admin) => admin.accounts.delete(tenantId, account.id));
    return { outcome, tenantId, deletes: [account.id] };
  },
}));

const createGroup = fc
  .tuple(tenantNumber, fc.nat({ max: 2 }), fc.constantFrom("user", "reader"))
  .map(([tenant, n, kind]) =>
    personStep(`new ${kind} group ${n}`, tenant, (admin, tenantId) =>
      admin.groups.create(tenantId, { name: `Group ${n}`, kind }),
    ),
  );

/** Groups that a tenant may know: made by hand, and both faces of those that were pushed. */
function groupIds(state: State, tenantId: string): readonly string[] {
  const { tenant, localGroups, groups } = tenantState(state, tenantId);
  const pushed = tenant.parentId === null ? groups : tenantState(state, tenant.parentId).groups;
  return [...localGroups.map(({ id }) => id), ...pushed.flatMap(({ id }) => [`${id}.reader`, `${id}.user`])];
}

const changeGroup = fc
  .tuple(tenantNumber, number, fc.nat({ max: 2 }), fc.constantFrom("name", "role", "contentAccess", "delete"))
  .map(([tenant, n, value, what]) =>
    personStep(`${what} of group ${n}: ${value}`, tenant, (admin, tenantId, state) => {
      const id = pick(groupIds(state, tenantId), n);
      if (id === undefined) return undefined;
      if (what === "delete") return admin.groups.delete(tenantId, id);
      return admin.groups.update(tenantId, id, { [what]: `Group ${value}` });
    }),
  );

const changeMember = fc
  .tuple(tenantNumber, number, number, fc.constantFrom("addMember", "addMember", "removeMember"))
  .map(([tenant, n, member, verb]) =>
    personStep(`${verb} group ${n}, account ${member}`, tenant, (admin, tenantId, state) => {
      const group = pick(groupIds(state, tenantId), n);
      const account = pick(visibleAccounts(state, tenantId), member);
      return group === undefined || account === undefined ? undefined : admin.groups[verb](tenantId, group, account.id);
    }),
  );

const changeLimits = fc
  .tuple(tenantNumber, fc.constantFrom("user", "reader"), fc.option(fc.nat({ max: 4 })))
  .map(([tenant, kind, limit]) =>
    personStep(`${kind} seats: ${limit}`, tenant, (admin, tenantId) =>
      admin.tenants.update(tenantId, { seatLimits: { [kind]: limit } }),
    ),
  );

const CHILDREN = ["acme-docs", "acme-help"];

const link = fc.tuple(fc.nat({ max: 1 }), fc.option(fc.nat({ max: 3 }))).map(([n, limit]) =>
  personStep(`link child ${n}, ${limit} user seats`, 0, (admin) => {
    // Linked again, a child is a new tenant.
    const id = `${CHILDREN[n]}`;
    return admin.tenants.create({ id, parent: ROOT, seatLimits: { user: limit } });
  }),
);

const unlink = fc
  .nat({ max: 3 })
  .map((n) =>
    personStep("unlink", n, (admin, tenantId) =>
      tenantId === ROOT ? undefined : admin.tenants.update(tenantId, { parent: null }),
    ),
  );

const settings: fc.Arbitrary<ConnectionChange> = fc.oneof(
  fc.constantFrom(true, true, false).map((scimEnabled) => ({ scimEnabled })),
  fc.boolean().map((groupSync) => ({ groupSync })),
  fc.constantFrom("waitlist", "waitlist", "reject").map((onSeatLimit) => ({ onSeatLimit })),
  fc.constantFrom("keep", "reader").map((onNullKind) => ({ onNullKind })),
  fc.constantFrom("record", "strict").map((onUnknownMember) => ({ onUnknownMember })),
  fc.constantFrom("byMember", "reader", "user").map((groupProjection) => ({ groupProjection })),
  fc.constantFrom("Contributor", "Editor").map((defaultRole) => ({ defaultRole })),
  fc.constantFrom("deny", "reader", "reader", "pending").map((jit) => ({ jit })),
  fc.constantFrom("verifiedDomain", "verifiedDomain", "none").map((linkPolicy) => ({ linkPolicy })),
  fc.boolean().map((legacyAutoAssignReaderGroups) => ({ legacyAutoAssignReaderGroups })),
  fc.boolean().map((proven) => ({ verifiedDomains: proven ? ["acme.test"] : [] })),
);

const configure = fc
  .tuple(fc.constantFrom(0, 0, 0, 1), settings)
  .map(([tenant, change]) =>
    personStep(`settings ${JSON.stringify(change)}`, tenant, (admin, tenantId) =>
      admin.connections.update(tenantId, change),
    ),
  );

const changeSeatPolicy = fc
  .boolean()
  .map((inactiveHoldsSeat) =>
    personStep(`inactive people hold seats: ${inactiveHoldsSeat}`, 0, (admin, tenantId) =>
      admin.connections.update(tenantId, { inactiveHoldsSeat }),
    ),
  );

const rules: fc.Arbitrary<readonly NewRoleRule[]> = fc.array(
  fc.record({
    when: fc.constantFrom(...CONDITIONS.map(({ when }) => when)),
    then: fc.constantFrom({ role: "Ruled" }, { role: "Admin" }, { contentRole: "Ruled" }),
  }),
  { maxLength: 2 },
);

/** Other rules, and the pass over everybody that they start. */
const changeRules: fc.Arbitrary<Step> = rules.map((wanted) => ({
  author: "person",
  title: `rules ${JSON.stringify(wanted)}`,
  run: async (world) => {
    const outcome = await world.operate((admin) => admin.roleRules.replace(ROOT, { rules: wanted }));
    await world.drain();
    return { outcome, tenantId: ROOT, drained: true };
  },
}));

/** A rule that is tried has another id each time. */
function withoutRuleIds(answer: unknown): string {
  return JSON.stringify(answer, (key, value) => (key === "rule" ? undefined : value));
}

/** By rules that are tried, of one person or of everybody. */
const explain: fc.Arbitrary<Step> = fc.tuple(tenantNumber, fc.option(number), rules).map(([tenant, n, tried]) => ({
  author: "person",
  title: `tenant ${tenant}: explain ${n ?? "everybody"} by ${JSON.stringify(tried)}`,
  run: async (world, before) => {
    const tenantId = tenantOf(before, tenant);
    const account = n === null ? undefined : pick(visibleAccounts(before, tenantId), n);
    const ask = ({ explain }: Admin): Promise<unknown> =>
      account === undefined
        ? explain(tenantId, { all: true, rules: tried })
        : explain(tenantId, { accountId: account.id, rules: tried });
    const outcome = await world.operate(ask);
    const again = await world.operate(ask);
    return { outcome, tenantId, asks: true, answers: [outcome, again].map(withoutRuleIds) };
  },
}));

const chooseDefaults = fc.tuple(number, fc.constantFrom("defaultUserGroups", "defaultReaderGroups")).map(([n, field]) =>
  personStep(`${field}: group ${n}`, 0, (admin, tenantId, state) => {
    const id = pick(groupIds(state, tenantId), n);
    return id === undefined ? undefined : admin.connections.update(tenantId, { [field]: [id] });
  }),
);

const retry = fc.tuple(tenantNumber, number).map(([tenant, n]) =>
  personStep(`retry failure ${n}`, tenant, (admin, tenantId, state) => {
    const open = tenantState(state, tenantId).failures.filter(({ resolvedAt }) => resolvedAt === null);
    const failure = pick(open, n);
    return failure && admin.syncFailures.retry(tenantId, failure.id);
  }),
);

const MODES = ["detachAccounts", "deactivateAccounts", "purge"] as const;

/** Ends the connection, lets that have its effect, and in half of the cases opens it again. */
const archive: fc.Arbitrary<Step> = fc
  .record({
    mode: fc.constantFrom(...MODES),
    children: fc.constantFrom(undefined, "detach", "cascade"),
    restore: fc.boolean(),
  })
  .map(({ restore, ...options }) => ({
    author: "person",
    title: `archive ${JSON.stringify(options)}${restore ? ", restore" : ""}`,
    run: async (world, before) => {
      const outcome = await world.operate((admin) => admin.connections.archive(ROOT, options));
      const isRefused = outcome.status >= 400 && outcome.status < 500;
      if (isRefused) return { outcome, tenantId: ROOT, archives: options };
      await world.drain();
      if (restore) await world.operate((admin) => admin.connections.restore(ROOT));
      await world.drain();
      await world.renewToken();
      const deletes = options.mode === "purge" ? tenantState(before, ROOT).accounts.map(({ id }) => id) : [];
      return { outcome, tenantId: ROOT, deletes, drained: true, archives: options };
    },
  }));

export const personSteps: fc.Arbitrary<Step> = fc.oneof(
  { arbitrary: localEdit, weight: 5 },
  { arbitrary: lockedEdit, weight: 3 },
  { arbitrary: createAccount, weight: 2 },
  { arbitrary: deleteAccount, weight: 1 },
  { arbitrary: createGroup, weight: 2 },
  { arbitrary: changeGroup, weight: 2 },
  { arbitrary: changeMember, weight: 4 },
  { arbitrary: changeLimits, weight: 4 },
  { arbitrary: link, weight: 3 },
  { arbitrary: unlink, weight: 1 },
  { arbitrary: configure, weight: 4 },
  { arbitrary: chooseDefaults, weight: 2 },
  { arbitrary: retry, weight: 1 },
  { arbitrary: changeSeatPolicy, weight: 3 },
  { arbitrary: changeRules, weight: 2 },
  { arbitrary: explain, weight: 2 },
  { arbitrary: archive, weight: 1 },
);
