/**
 * Connections, and the credentials of each.
 *
 * @module
 */
import type {
  ConnectionRecord,
  ConnectionRepository,
  CredentialRepository,
  ScimCredentialRecord,
} from "../../ports/index.ts";
import type { Journal } from "./journal.ts";
import { ALL, everyRow } from "./keys.ts";
import { take } from "./ordered.ts";
import { createTable } from "./table.ts";

/** A connection is found by its own id alone. */
const STORE = "";

export function createConnections(journal: Journal): ConnectionRepository {
  const connections = createTable<ConnectionRecord, "due">(journal, {
    owner: () => STORE,
    id: ({ id }) => id,
    indexes: {
      due: {
        values: ({ metadata }) => ((metadata?.dueAt ?? null) === null ? [] : [ALL]),
        order: ({ metadata, id }) => `${metadata?.dueAt} ${id}`,
      },
    },
  });
  return {
    insert: async (connection) => connections.insert(connection),
    get: async (id) => connections.get(STORE, id) ?? null,
    update: async (connection) => connections.update(connections.get(STORE, connection.id), connection),
    metadataDue: async (now, limit) =>
      take(connections.rows(STORE, "due", ALL).from(), limit).filter(({ metadata }) => (metadata?.dueAt ?? "") <= now),
  };
}

export function createCredentials(journal: Journal): CredentialRepository {
  const credentials = createTable<ScimCredentialRecord, "all">(journal, {
    owner: ({ connectionId }) => connectionId,
    id: ({ id }) => id,
    indexes: { all: { values: everyRow, order: ({ createdAt, id }) => `${createdAt} ${id}` } },
  });
  return {
    insert: async (credential) => credentials.insert(credential),
    get: async (connectionId, id) => credentials.get(connectionId, id) ?? null,
    list: async (connectionId) => [...credentials.rows(connectionId, "all", ALL).from()],
    delete: async (connectionId, id) => credentials.delete(connectionId, id) !== undefined,
    touch: async (connectionId, id, lastUsedAt) => {
      const credential = credentials.get(connectionId, id);
      if (credential !== undefined) credentials.put({ ...credential, lastUsedAt });
    },
  };
}
