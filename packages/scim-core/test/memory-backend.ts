/**
 * A `ScimBackend` over maps, against which the tests of `http` run: users, groups with memberships as pairs, and
 * whatever other types there are.
 *
 * @module
 */
import type { Precondition, Query, QueryResult, Resource, ScimBackend } from "../src/backend.ts";
import { ScimError } from "../src/errors.ts";
import { compileFilter } from "../src/filter-match.ts";
import type { MembershipDelta } from "../src/patch.ts";
import { meetsPrecondition } from "../src/precondition.ts";
import { replaceAttributes } from "../src/replace.ts";
import type { ResourceType } from "../src/schema.ts";
import { sortPosition, sortResources } from "../src/sort.ts";
import type { Attributes, AttributeValue } from "../src/value.ts";

/** What a resource is without its memberships. */
interface Row {
  readonly id: string;
  readonly attributes: Attributes;
  readonly created: string;
  readonly lastModified: string;
  readonly version: number;
}

/** What must not stand twice, and whether letter case makes a difference. */
const UNIQUE: Readonly<Record<string, string>> = { User: "userName", Group: "displayName" };

/** Groups with more are patched without telling them. */
export const FEW_MEMBERS = 2;

export interface MemoryBackend extends ScimBackend {
  /** How often each method was called. */
  readonly calls: Record<string, number>;
  /** The attributes that `get`, `query` and `patch` were asked to load, by the last call. */
  readonly asked: { members: boolean | undefined };
}

/**
 * An empty backend, of which nobody else knows.
 *
 * @param options.knownMembersOnly leaves members out that are nobody, instead of taking everything for an id
 */
export function memoryBackend(options: { readonly knownMembersOnly?: boolean } = {}): MemoryBackend {
  const tables = new Map<string, Map<string, Row>>();
  const members = new Map<string, Set<string>>();
  const calls: Record<string, number> = {};
  const asked: MemoryBackend["asked"] = { members: undefined };
  let ticks = 0;

  const count = (method: string): void => {
    calls[method] = (calls[method] ?? 0) + 1;
  };
  const now = (): string => new Date(Date.UTC(2026, 0, 1) + ticks++ * 1000).toISOString();
  const table = (type: ResourceType): Map<string, Row> => {
    const rows = tables.get(type.name) ?? new Map<string, Row>();
    tables.set(type.name, rows);
    return rows;
  };

  const find = (type: ResourceType, id: string, precondition?: Precondition): Row => {
    const row = table(type).get(id);
    if (row === undefined)
      throw new ScimError("notFound", `There is no ${type.name} with the id "${id.slice(0, 100)}".`);
    if (!meetsPrecondition(precondition, `${row.version}`)) {
      throw new ScimError("preconditionFailed", `The ${type.name} has changed. Read it again.`);
    }
    return row;
  };

  const refuseTaken = (type: ResourceType, attributes: Attributes, except?: string): void => {
    const name = UNIQUE[type.name];
    const value = name === undefined ? undefined : attributes[name];
    if (name === undefined || value === undefined) return;
    const taken = [...table(type).values()].some(
      (row) => row.id !== except && String(row.attributes[name]).toLowerCase() === String(value).toLowerCase(),
    );
    if (taken) throw new ScimError("uniqueness", `The ${name} ${JSON.stringify(value)} is taken.`);
  };

  const save = (type: ResourceType, row: Row): Row => {
    table(type).set(row.id, row);
    return row;
  };

  const change = (type: ResourceType, row: Row, attributes: Attributes, moved: boolean): Row => {
    if (attributes === row.attributes && !moved) return row;
    refuseTaken(type, attributes, row.id);
    return save(type, { ...row, attributes, lastModified: now(), version: row.version + 1 });
  };

  const isMember = (id: string): boolean => options.knownMembersOnly !== true || (tables.get("User")?.has(id) ?? false);

  const join = (groupId: string, delta: MembershipDelta): boolean => {
    const before = members.get(groupId) ?? new Set<string>();
    const after = new Set([...applyDelta(before, delta)].filter(isMember));
    members.set(groupId, after);
    return before.size !== after.size || [...after].some((id) => !before.has(id));
  };

  const references = (type: ResourceType, id: string): Attributes => {
    if (type.name === "Group") return list("members", [...(members.get(id) ?? [])].map(member));
    if (type.name !== "User") return {};
    const groups = [...members].filter(([, users]) => users.has(id)).map(([groupId]) => groupId);
    return list(
      "groups",
      groups.map((value) => ({ value, type: "direct" })),
    );
  };

  const resource = (type: ResourceType, row: Row): Resource => ({
    ...row,
    attributes: { ...row.attributes, ...references(type, row.id) },
    version: `${row.version}`,
  });

  return {
    calls,
    asked,
    async create(type, attributes) {
      count("create");
      refuseTaken(type, attributes);
      const { members: given, ...rest } = attributes;
      const created = now();
      const row = save(type, { id: crypto.randomUUID(), attributes: rest, created, lastModified: created, version: 1 });
      if (given !== undefined) join(row.id, { kind: "replace", ids: memberIds(given) });
      return resource(type, row);
    },
    async get(type, id, selection) {
      count("get");
      asked.members = selection.includes("members");
      return resource(type, find(type, id));
    },
    async query(type, query) {
      count("query");
      asked.members = query.selection.includes("members");
      return page(
        type,
        query,
        [...table(type).values()].map((row) => resource(type, row)),
      );
    },
    async replace(type, id, attributes, precondition) {
      count("replace");
      const row = find(type, id, precondition);
      const { members: given, ...rest } = attributes;
      const moved = type.name === "Group" && join(id, { kind: "replace", ids: memberIds(given ?? []) });
      return resource(type, change(type, row, replaceAttributes(row.attributes, rest, type), moved));
    },
    async patch(type, id, patch, precondition, selection) {
      count("patch");
      asked.members = selection?.includes("members");
      const row = find(type, id, precondition);
      const attributes = patch.apply(row.attributes);
      const moved = patch.membership.map((delta) => join(id, delta)).includes(true);
      const brief = selection === undefined && (members.get(id)?.size ?? 0) > FEW_MEMBERS;
      return { ...resource(type, change(type, row, attributes, moved)), ...(brief ? { brief } : {}) };
    },
    async delete(type, id, precondition) {
      count("delete");
      find(type, id, precondition);
      table(type).delete(id);
      members.delete(id);
      for (const users of members.values()) users.delete(id);
    },
  };
}

function page(type: ResourceType, query: Query, all: readonly Resource[]): QueryResult {
  const matches = query.filter === undefined ? () => true : compileFilter(query.filter, type);
  const found = all.filter(matches);
  if (query.after !== undefined) return walked(type, query, found, query.after);
  const ordered = query.sort === undefined ? found : sortResources(found, query.sort, type);
  const start = query.startIndex - 1;
  return { totalResults: found.length, resources: ordered.slice(start, start + query.count) };
}

/** Whoever asks for no order walks by id, so that a place in it outlives the resource. */
function walked(type: ResourceType, query: Query, found: readonly Resource[], after: string): QueryResult {
  const sort = query.sort ?? { by: "id", descending: false };
  const behind = sortResources(found, sort, type, after);
  const resources = behind.slice(0, query.count);
  const last = resources.at(-1);
  const next = last === undefined || behind.length === resources.length ? {} : { next: sortPosition(last, sort, type) };
  return { totalResults: found.length, resources, ...next };
}

function applyDelta(before: ReadonlySet<string>, { kind, ids }: MembershipDelta): Set<string> {
  if (kind === "replace") return new Set(ids);
  if (kind === "add") return new Set([...before, ...ids]);
  const gone = new Set(ids);
  return new Set([...before].filter((id) => !gone.has(id)));
}

function memberIds(members: AttributeValue): readonly string[] {
  return Array.isArray(members) ? members.map((item: Attributes) => String(item.value)) : [];
}

function member(value: string): Attributes {
  return { value, type: "User" };
}

function list(name: string, items: readonly Attributes[]): Attributes {
  return items.length === 0 ? {} : { [name]: items };
}
