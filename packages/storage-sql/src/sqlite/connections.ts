import type {
  ConnectionRecord,
  ConnectionRepository,
  CredentialRepository,
  ScimCredentialRecord,
} from "@muster/provisioning-engine/ports";
import type { Sql } from "./sql.ts";
import { defineTable } from "./table.ts";

const CONNECTIONS = defineTable<ConnectionRecord>(
  "connections",
  {
    id: "plain",
    tenantId: "plain",
    parentId: "plain",
    presentation: "json",
    settings: "json",
    verifiedAt: "plain",
    metadata: "json",
    createdAt: "plain",
    version: "plain",
  },
  { fixed: ["id"] },
);

const CREDENTIALS = defineTable<ScimCredentialRecord>("credentials", {
  connectionId: "plain",
  id: "plain",
  hash: "plain",
  label: "plain",
  createdAt: "plain",
  expiresAt: "plain",
  lastUsedAt: "plain",
});

const INSERT = `${CONNECTIONS.insert} on conflict (id) do nothing returning 1`;
const GET = "select * from connections where id = :id";
const METADATA_DUE = `
  select * from connections where json_extract(metadata, '$.dueAt') <= :now
  order by json_extract(metadata, '$.dueAt'), id limit :limit`;
const UPDATE = `${CONNECTIONS.update} where id = :id and version = :version - 1 returning 1`;

const INSERT_CREDENTIAL = `${CREDENTIALS.insert} on conflict (connection_id, id) do nothing returning 1`;
const GET_CREDENTIAL = "select * from credentials where connection_id = :connection_id and id = :id";
const LIST_CREDENTIALS = "select * from credentials where connection_id = :connection_id order by created_at, id";
const DELETE_CREDENTIAL = "delete from credentials where connection_id = :connection_id and id = :id returning 1";
const TOUCH_CREDENTIAL = `
  update credentials set last_used_at = :last_used_at where connection_id = :connection_id and id = :id`;

export function createConnections(sql: Sql): ConnectionRepository {
  return {
    insert: async (connection) => sql.insert(INSERT, CONNECTIONS.toRow(connection)),
    get: async (id) => CONNECTIONS.first(sql, GET, { id }),
    update: async (connection) => sql.update(UPDATE, CONNECTIONS.toRow(connection)),
    metadataDue: async (now, limit) => CONNECTIONS.all(sql, METADATA_DUE, { now, limit }),
  };
}

export function createCredentials(sql: Sql): CredentialRepository {
  return {
    insert: async (credential) => sql.insert(INSERT_CREDENTIAL, CREDENTIALS.toRow(credential)),
    get: async (connectionId, id) => CREDENTIALS.first(sql, GET_CREDENTIAL, { connection_id: connectionId, id }),
    list: async (connectionId) => CREDENTIALS.all(sql, LIST_CREDENTIALS, { connection_id: connectionId }),
    delete: async (connectionId, id) => sql.first(DELETE_CREDENTIAL, { connection_id: connectionId, id }) !== undefined,
    touch: async (connectionId, id, lastUsedAt) => {
      sql.all(TOUCH_CREDENTIAL, { connection_id: connectionId, id, last_used_at: lastUsedAt });
    },
  };
}
