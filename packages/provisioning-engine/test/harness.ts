/** An engine context on an empty memory store, a root tenant with SCIM on, and a directory that pushes to it. */
import {
  type Attributes,
  extension,
  flag,
  groupResourceType,
  type Patch,
  type Precondition,
  parseFilter,
  parsePatch,
  parseResource,
  type Query,
  type QueryResult,
  type Resource,
  type ResourceType,
  type ScimBackend,
  ScimError,
  selectAttributes,
  userResourceType,
} from "@muster/scim-core";
import { expect } from "vitest";
import { teamAccountClassifier } from "../src/account/account-kind.ts";
import { listAccounts } from "../src/account/account-list.ts";
import type { Account, GroupView } from "../src/admin/views.ts";
import { type EffectiveConnection, effectiveConnection } from "../src/connection/effective-connection.ts";
import { newConnectionSettings } from "../src/connection/new-settings.ts";
import type { EngineContext } from "../src/context.ts";
import { createScimBackend } from "../src/directory/scim-backend.ts";
import { listGroups } from "../src/group/group-view.ts";
import { reseatTenant } from "../src/inheritance/admission.ts";
import type {
  AccountRecord,
  AuditRecord,
  ChangeRecord,
  ConnectionSettings,
  OverlayRecord,
  Store,
  SyncEventRecord,
  SyncFailureRecord,
  TenantRecord,
  Transaction,
} from "../src/ports/index.ts";
import { DEFAULT_ROLE_ORDER } from "../src/role-rule/role-rank.ts";
import { createQuestions } from "../src/role-rule/rule-condition.ts";
import { memoryStore } from "../src/storage/memory/index.ts";
import { beginChild } from "../src/sync/consumer.ts";
import { projectToChildren } from "../src/sync/project.ts";
import { createKeySets } from "../src/token/key-sets.ts";
import { runUseCase, type UnitOfWork } from "../src/unit-of-work.ts";

export const ACME = "acme";
export const TEAM = "urn:ietf:params:scim:schemas:extension:document360:2.0:User";
const USER = "urn:ietf:params:scim:schemas:core:2.0:User";
const GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group";
const PATCH_OP = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

type SeatLimits = TenantRecord["seatLimits"];

export interface Person {
  readonly userName: string;
  /** The kind attribute; absent when undefined. */
  readonly team?: boolean | string;
  readonly active?: boolean;
  readonly email?: string;
  readonly name?: string;
  readonly externalId?: string;
  readonly title?: string;
}

export interface World {
  readonly context: EngineContext;
  readonly backend: ScimBackend;
  readonly warnings: string[];
  readonly errors: object[];
  readonly time: { now: Date };
  tx<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** A use case of an admin. */
  act<T>(work: (unit: UnitOfWork, connection: EffectiveConnection) => Promise<T>, tenant?: string): Promise<T>;
  configure(change: Partial<ConnectionSettings>): Promise<void>;
  limit(seatLimits: Partial<SeatLimits>, tenant?: string): Promise<void>;
  addChild(id: string, seatLimits?: Partial<SeatLimits>): Promise<void>;
  /** Lets the children catch up. */
  project(): Promise<void>;
  create(person: Person): Promise<Resource>;
  replace(id: string, person: Person, precondition?: Precondition): Promise<Resource>;
  patch(id: string, ...operations: readonly object[]): Promise<Resource>;
  remove(id: string): Promise<void>;
  get(id: string): Promise<Resource>;
  createGroup(displayName: string, ...members: readonly string[]): Promise<Resource>;
  patchGroup(id: string, ...operations: readonly object[]): Promise<Resource>;
  getGroup(id: string): Promise<Resource>;
  search(type: "User" | "Group", filter?: string, query?: Partial<Query>): Promise<QueryResult>;
  account(userName: string, tenant?: string): Promise<Account>;
  accounts(tenant?: string): Promise<readonly Account[]>;
  groups(tenant?: string): Promise<readonly GroupView[]>;
  events(tenant?: string): Promise<readonly ChangeRecord[]>;
  /** Names of events since the last call. */
  news(tenant?: string): Promise<readonly string[]>;
  syncEvents(tenant?: string): Promise<readonly SyncEventRecord[]>;
  failures(tenant?: string): Promise<readonly SyncFailureRecord[]>;
  openCauses(tenant?: string): Promise<readonly string[]>;
  audit(tenant?: string): Promise<readonly AuditRecord[]>;
  overlay(accountId: string, local: Partial<OverlayRecord>, tenant?: string): Promise<void>;
  handMade(account: Partial<AccountRecord> & { readonly userName: string }): Promise<AccountRecord>;
}

export interface WorldOptions {
  readonly settings?: Partial<ConnectionSettings>;
  readonly seatLimits?: Partial<SeatLimits>;
  readonly store?: Store;
}

export async function openWorld(options: WorldOptions = {}): Promise<World> {
  const time = { now: new Date("2026-03-01T12:00:00.000Z") };
  const warnings: string[] = [];
  const errors: object[] = [];
  const context = createContext(options.store ?? memoryStore(), time, warnings, errors);
  const { store, userType, groupType } = context;
  await store.migrate();
  const tx: World["tx"] = (work) => store.transaction({ tenantId: ACME }, work);
  await tx(async (transaction) => {
    await insertTenant(transaction, ACME, null, options.seatLimits);
    const settings = { ...newConnectionSettings(), scimEnabled: true, groupSync: true, ...options.settings };
    await insertConnection(transaction, ACME, null, settings);
  });
  const backend = createScimBackend(context, {
    tenantId: ACME,
    connectionId: connectionOf(ACME),
    credentialId: "token",
  });
  const request = { requestId: "request-1" };
  const everything = (type: ResourceType) => selectAttributes({}, type);
  const act: World["act"] = (work, tenant = ACME) =>
    runUseCase(context, { rootTenantId: ACME, actor: { type: "person", id: "olga" }, requestId: null }, async (unit) =>
      work(unit, await effectiveConnection(unit.tx, tenant)),
    );
  const events: World["events"] = (tenant = ACME) =>
    tx(async ({ changes }) => (await changes.read(tenant, { limit: 10_000 })).map(({ change }) => change));
  const told = new Map<string, number>();
  const failures: World["failures"] = (tenant = ACME) => tx((t) => t.failures.list(tenant, { limit: 1000 }));
  const accounts: World["accounts"] = (tenant = ACME) =>
    tx(
      async (t) => (await listAccounts({ tx: t, context }, await effectiveConnection(t, tenant), { limit: 500 })).items,
    );

  return {
    context,
    backend,
    warnings,
    errors,
    time,
    tx,
    act,
    configure: (change) =>
      tx(async ({ connections }) => {
        const connection = await connections.get(connectionOf(ACME));
        if (connection?.settings == null) throw new Error("no connection");
        const settings = { ...connection.settings, ...change };
        await connections.update({ ...connection, settings, version: connection.version + 1 });
      }),
    limit: (seatLimits, tenant = ACME) =>
      act(async (unit, before) => {
        const next = { ...before.tenant, seatLimits: { ...before.tenant.seatLimits, ...seatLimits } };
        await unit.tx.tenants.update({ ...next, version: before.tenant.version + 1 });
        await reseatTenant(unit, await effectiveConnection(unit.tx, tenant));
      }, tenant),
    addChild: (id, seatLimits) =>
      tx(async (t) => {
        await insertTenant(t, id, ACME, seatLimits, time.now);
        await insertConnection(t, id, connectionOf(ACME), null);
        await beginChild(t, ACME, id);
      }),
    project: () => projectToChildren(context, ACME),
    create: (person) => backend.create(userType, parsed(person, userType, "create"), request),
    replace: (id, person, precondition) =>
      backend.replace(userType, id, parsed(person, userType, "replace"), precondition, request),
    patch: async (id, ...operations) =>
      backend.patch(userType, id, patchOf(userType, ...operations), undefined, everything(userType), request),
    remove: (id) => backend.delete(userType, id, undefined, request),
    get: (id) => backend.get(userType, id, everything(userType), request),
    createGroup: (displayName, ...members) => {
      const body = { schemas: [GROUP], displayName, members: members.map((value) => ({ value })) };
      return backend.create(groupType, parseResource(body, groupType, "create").attributes, request);
    },
    patchGroup: async (id, ...operations) =>
      backend.patch(groupType, id, patchOf(groupType, ...operations), undefined, undefined, request),
    getGroup: (id) => backend.get(groupType, id, everything(groupType), request),
    search: async (name, filter, query) => {
      const type = name === "User" ? userType : groupType;
      const parsedFilter = filter === undefined ? {} : { filter: parseFilter(filter, type) };
      return backend.query(
        type,
        {
          startIndex: 1,
          count: 100,
          scannedResources: 100_000,
          selection: everything(type),
          ...parsedFilter,
          ...query,
        },
        request,
      );
    },
    account: async (userName, tenant) => {
      const found = (await accounts(tenant)).find((account) => account.userName === userName);
      if (found === undefined) throw new Error(`no account ${userName}`);
      return found;
    },
    accounts,
    groups: (tenant = ACME) => tx(async (t) => listGroups(t, await effectiveConnection(t, tenant))),
    events,
    news: async (tenant = ACME) => {
      const all = await events(tenant);
      const fresh = all.slice(told.get(tenant) ?? 0).map(({ type }) => type);
      told.set(tenant, all.length);
      return fresh;
    },
    syncEvents: (tenant = ACME) =>
      tx(async (t) => (await t.syncEvents.page(tenant, { limit: 1000 })).map(({ entry }) => entry)),
    failures,
    openCauses: async (tenant) =>
      (await failures(tenant)).filter(({ resolvedAt }) => resolvedAt === null).map(({ cause }) => cause),
    audit: (tenant = ACME) => tx(async (t) => (await t.audit.page(tenant, { limit: 1000 })).map(({ entry }) => entry)),
    overlay: (accountId, local, tenantId = ACME) =>
      tx(({ overlays }) => overlays.put({ ...NO_OVERLAY, tenantId, accountId, ...local })),
    handMade: (given) =>
      tx(async (t) => {
        const account = { ...HAND_MADE, tenantId: ACME, id: context.newId(), ...given };
        expect(await t.accounts.insert(account)).toEqual({ ok: true });
        const seat = { tenantId: account.tenantId, accountId: account.id, kind: account.kind, at: HAND_MADE.createdAt };
        if (account.active) await t.seats.take(seat, null, "wait");
        return account;
      }),
  };
}

const NO_OVERLAY = { role: null, contentRole: null, contentAccess: null, suspended: false, updatedAt: "2026-01-01" };

const HAND_MADE = {
  kind: "user",
  email: null,
  name: "Hand Made",
  active: true,
  archived: false,
  provisionedRole: null,
  decidedRole: null,
  decidedContentRole: null,
  defaultsApplied: [],
  breakGlass: false,
  connectionId: null,
  directoryUserId: null,
  samlNameId: null,
  createdAt: "2026-01-01T00:00:00.000Z",
  updatedAt: "2026-01-01T00:00:00.000Z",
  version: 1,
} as const;

function createContext(store: Store, time: { now: Date }, warnings: string[], errors: object[]): EngineContext {
  let count = 0;
  const userType = userResourceType([extension(TEAM, { isTeamAccount: flag() })]);
  return {
    url: "https://app.example.com",
    store,
    clock: () => time.now,
    newId: () => `0197f000-0000-7000-8000-${(++count).toString(16).padStart(12, "0")}`,
    logger: {
      debug: () => {},
      info: () => {},
      warn: (_facts, message) => warnings.push(message),
      error: (facts) => errors.push(facts),
    },
    userType,
    groupType: groupResourceType(),
    resourceTypes: [],
    canSign: false,
    keySets: createKeySets({ hosts: [], fetch, clock: () => time.now, logger: console }),
    classify: teamAccountClassifier(userType),
    roleOrder: DEFAULT_ROLE_ORDER,
    questions: createQuestions(userType),
    feed: { wake: () => {} },
  };
}

export function connectionOf(tenantId: string): string {
  return `connection-${tenantId}`;
}

async function insertTenant(
  { tenants }: Transaction,
  id: string,
  parentId: string | null,
  seatLimits: Partial<SeatLimits> = {},
  now = new Date("2026-03-01T12:00:00.000Z"),
): Promise<void> {
  const limits = { user: null, reader: null, ...seatLimits };
  const createdAt = now.toISOString();
  const connectionId = connectionOf(id);
  await tenants.insert({ id, name: id, parentId, connectionId, seatLimits: limits, createdAt, version: 1 });
}

async function insertConnection(
  { connections }: Transaction,
  tenantId: string,
  parentId: string | null,
  settings: ConnectionSettings | null,
): Promise<void> {
  await connections.insert({
    id: connectionOf(tenantId),
    tenantId,
    parentId,
    presentation: { ssoName: null, loginButtonText: null },
    settings,
    verifiedAt: null,
    metadata: null,
    createdAt: "2026-01-01T00:00:00.000Z",
    version: 1,
  });
}

function parsed(person: Person, type: ResourceType, mode: "create" | "replace"): Attributes {
  const { userName, team, active, email, name, externalId, title } = person;
  const body = {
    schemas: [USER],
    userName,
    ...(active === undefined ? {} : { active }),
    ...(email === undefined ? {} : { emails: [{ value: email, type: "work", primary: true }] }),
    ...(name === undefined ? {} : { displayName: name }),
    ...(externalId === undefined ? {} : { externalId }),
    ...(title === undefined ? {} : { title }),
    ...(team === undefined ? {} : { [TEAM]: { isTeamAccount: team } }),
  };
  return parseResource(body, type, mode).attributes;
}

/** Asserts that a write is refused with this SCIM code, and returns the error. */
export async function refusedWith(code: string, write: Promise<unknown>): Promise<ScimError> {
  const error: unknown = await write.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ScimError);
  expect((error as ScimError).code).toBe(code);
  return error as ScimError;
}

export function patchOf(type: ResourceType, ...operations: readonly object[]): Patch {
  return parsePatch({ schemas: [PATCH_OP], Operations: operations }, type);
}

/** The operation that Entra sends. */
export function replaceOf(path: string, value: unknown): object {
  return { op: "Replace", path, value };
}

export function membersOf(op: "add" | "remove" | "replace", ...ids: readonly string[]): object {
  return { op, path: "members", value: ids.map((value) => ({ value })) };
}
