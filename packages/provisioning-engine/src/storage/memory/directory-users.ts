/**
 * Directory users, live and retained. Owns what makes a user visible; memberships are elsewhere.
 *
 * @module
 */
import type { DirectoryUserRecord, DirectoryUserRepository } from "../../ports/index.ts";
import { createDirectoryIndex } from "./directory-query.ts";
import type { Journal } from "./journal.ts";
import { everyRow, fold, present } from "./keys.ts";
import { createTable, type Index, type Table } from "./table.ts";

const ATTRIBUTES = ["id", "externalId", "userName", "emails"] as const;

type UserIndex = "all" | (typeof ATTRIBUTES)[number] | "retainedExternalId" | "retainedUserName";

export type UserTable = Table<DirectoryUserRecord, UserIndex>;

export function createUserTable(journal: Journal): UserTable {
  return createTable<DirectoryUserRecord, UserIndex>(journal, {
    owner: ({ connectionId }) => connectionId,
    id: ({ id }) => id,
    indexes: {
      all: live(everyRow),
      id: live(({ id }) => [id]),
      externalId: live(({ externalId }) => present(externalId)),
      userName: live(({ userName }) => [fold(userName)]),
      emails: live(({ emails }) => emails.map(fold)),
      retainedExternalId: retained(({ externalId }) => present(externalId)),
      retainedUserName: retained(({ userName }) => [fold(userName)]),
    },
    unique: ["userName", "externalId"],
  });
}

/** The user, unless there is none or it was deleted. */
export function liveUser(users: UserTable, connectionId: string, id: string): DirectoryUserRecord | undefined {
  const user = users.get(connectionId, id);
  return user?.deletedAt === null ? user : undefined;
}

export function createUsers(users: UserTable): DirectoryUserRepository {
  const { find, count } = createDirectoryIndex<DirectoryUserRecord, (typeof ATTRIBUTES)[number]>(users, ATTRIBUTES);
  const newest = (connectionId: string, index: UserIndex, values: readonly string[]) =>
    values.flatMap((value) => users.rows(connectionId, index, value).last() ?? [])[0];
  return {
    insert: async (user) => users.insert(user),
    get: async (connectionId, id) => liveUser(users, connectionId, id) ?? null,
    update: async (user) => users.update(liveUser(users, user.connectionId, user.id), user),
    find: async (query) => find(query),
    count: async (connectionId, lookups) => count(connectionId, lookups),
    retained: async (connectionId, { externalId, userName }) =>
      newest(connectionId, "retainedExternalId", present(externalId)) ??
      newest(connectionId, "retainedUserName", [fold(userName)]) ??
      null,
  };
}

type Values = Index<DirectoryUserRecord>["values"];

function live(values: Values): Index<DirectoryUserRecord> {
  return { values: (user) => (user.deletedAt === null ? values(user) : []) };
}

function retained(values: Values): Index<DirectoryUserRecord> {
  return {
    values: (user) => (user.deletedAt === null ? [] : values(user)),
    order: ({ deletedAt, id }) => `${deletedAt} ${id}`,
  };
}
