import type {
  ConnectionRecord,
  ConnectionRepository,
  CredentialRepository,
  ScimCredentialRecord,
} from "@muster/provisioning-engine/ports";
import { json, parsed, type Sql } from "./sql.ts";

type ConnectionRow = {
  readonly id: string;
  readonly tenant_id: string;
  readonly parent_id: string | null;
  readonly presentation: string;
  readonly settings: string;
  readonly verified_at: string | null;
  readonly created_at: string;
  readonly version: number;
};

type CredentialRow = {
  readonly connection_id: string;
  readonly id: string;
  readonly hash: string;
  readonly label: string | null;
  readonly created_at: string;
  readonly expires_at: string | null;
  readonly last_used_at: string | null;
};

const INSERT = `
  insert into connections (id, tenant_id, parent_id, presentation, settings, verified_at, created_at, version)
  values (:id, :tenant_id, :parent_id, :presentation, :settings, :verified_at, :created_at, :version)
  on conflict (id) do nothing
  returning 1`;
const GET = "select * from connections where id = :id";
const UPDATE = `
  update connections set tenant_id = :tenant_id, parent_id = :parent_id, presentation = :presentation,
    settings = :settings, verified_at = :verified_at, created_at = :created_at, version = :version
  where id = :id and version = :version - 1
  returning 1`;

const INSERT_CREDENTIAL = `
  insert into credentials (connection_id, id, hash, label, created_at, expires_at, last_used_at)
  values (:connection_id, :id, :hash, :label, :created_at, :expires_at, :last_used_at)
  on conflict (connection_id, id) do nothing
  returning 1`;
const GET_CREDENTIAL = "select * from credentials where connection_id = :connection_id and id = :id";
const LIST_CREDENTIALS = "select * from credentials where connection_id = :connection_id order by created_at, id";
const DELETE_CREDENTIAL = "delete from credentials where connection_id = :connection_id and id = :id returning 1";
const TOUCH_CREDENTIAL = `
  update credentials set last_used_at = :last_used_at where connection_id = :connection_id and id = :id`;

export function createConnections(sql: Sql): ConnectionRepository {
  return {
    insert: async (connection) => sql.insert(INSERT, toRow(connection)),
    get: async (id) => {
      const row = sql.first<ConnectionRow>(GET, { id });
      return row === undefined ? null : toConnection(row);
    },
    update: async (connection) => sql.update(UPDATE, toRow(connection)),
  };
}

export function createCredentials(sql: Sql): CredentialRepository {
  return {
    insert: async (credential) => sql.insert(INSERT_CREDENTIAL, toCredentialRow(credential)),
    get: async (connectionId, id) => {
      const row = sql.first<CredentialRow>(GET_CREDENTIAL, { connection_id: connectionId, id });
      return row === undefined ? null : toCredential(row);
    },
    list: async (connectionId) =>
      sql.all<CredentialRow>(LIST_CREDENTIALS, { connection_id: connectionId }).map(toCredential),
    delete: async (connectionId, id) => sql.first(DELETE_CREDENTIAL, { connection_id: connectionId, id }) !== undefined,
    touch: async (connectionId, id, lastUsedAt) => {
      sql.all(TOUCH_CREDENTIAL, { connection_id: connectionId, id, last_used_at: lastUsedAt });
    },
  };
}

function toRow(connection: ConnectionRecord): ConnectionRow {
  return {
    id: connection.id,
    tenant_id: connection.tenantId,
    parent_id: connection.parentId,
    presentation: json(connection.presentation),
    settings: json(connection.settings),
    verified_at: connection.verifiedAt,
    created_at: connection.createdAt,
    version: connection.version,
  };
}

function toConnection(row: ConnectionRow): ConnectionRecord {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    parentId: row.parent_id,
    presentation: parsed(row.presentation),
    settings: parsed(row.settings),
    verifiedAt: row.verified_at,
    createdAt: row.created_at,
    version: row.version,
  };
}

function toCredentialRow(credential: ScimCredentialRecord): CredentialRow {
  return {
    connection_id: credential.connectionId,
    id: credential.id,
    hash: credential.hash,
    label: credential.label,
    created_at: credential.createdAt,
    expires_at: credential.expiresAt,
    last_used_at: credential.lastUsedAt,
  };
}

function toCredential(row: CredentialRow): ScimCredentialRecord {
  return {
    connectionId: row.connection_id,
    id: row.id,
    hash: row.hash,
    label: row.label,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
  };
}
