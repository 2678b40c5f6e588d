/**
 * Accounts of a tenant.
 *
 * @module
 */
import type { AccountQuery, AccountRecord, AccountRepository } from "../../ports/index.ts";
import type { Journal } from "./journal.ts";
import { ALL, everyRow, fold, present } from "./keys.ts";
import { take } from "./ordered.ts";
import { createTable } from "./table.ts";

export function createAccounts(journal: Journal): AccountRepository {
  const accounts = createTable<
    AccountRecord,
    "all" | "connection" | "decidedRole" | "userName" | "email" | "samlNameId"
  >(journal, {
    owner: ({ tenantId }) => tenantId,
    id: ({ id }) => id,
    indexes: {
      all: { values: everyRow },
      connection: { values: ({ connectionId }) => present(connectionId) },
      decidedRole: { values: ({ decidedRole }) => present(decidedRole?.value ?? null) },
      userName: { values: ({ userName }) => [fold(userName)] },
      email: { values: ({ email }) => present(email).map(fold) },
      samlNameId: { values: ({ samlNameId }) => present(samlNameId) },
    },
    unique: ["userName"],
  });
  const candidates = ({ tenantId, connectionId, decidedRole }: AccountQuery) => {
    if (decidedRole !== undefined) return accounts.rows(tenantId, "decidedRole", decidedRole);
    return connectionId === undefined
      ? accounts.rows(tenantId, "all", ALL)
      : accounts.rows(tenantId, "connection", connectionId);
  };
  return {
    insert: async (account) => accounts.insert(account),
    get: async (tenantId, id) => accounts.get(tenantId, id) ?? null,
    getMany: async (tenantId, ids) => ids.flatMap((id) => accounts.get(tenantId, id) ?? []),
    update: async (account) => accounts.update(accounts.get(account.tenantId, account.id), account),
    delete: async (tenantId, id) => accounts.delete(tenantId, id) !== undefined,
    find: async (query) => take(matching(candidates(query).from(query.after), query), query.limit),
    byUserName: async (tenantId, userName) => accounts.rows(tenantId, "userName", fold(userName)).first() ?? null,
    byEmail: async (tenantId, email) => [...accounts.rows(tenantId, "email", fold(email)).from()],
    bySamlNameId: async (tenantId, nameId) => accounts.rows(tenantId, "samlNameId", nameId).first() ?? null,
  };
}

function* matching(accounts: Iterable<AccountRecord>, query: AccountQuery): Generator<AccountRecord> {
  const { kind, active, connectionId } = query;
  const text = query.text === undefined ? undefined : fold(query.text);
  for (const account of accounts) {
    if (kind !== undefined && account.kind !== kind) continue;
    if (active !== undefined && account.active !== active) continue;
    if (connectionId !== undefined && account.connectionId !== connectionId) continue;
    if (text === undefined || contains(account, text)) yield account;
  }
}

function contains({ userName, email, name }: AccountRecord, text: string): boolean {
  return [userName, email ?? "", name].some((field) => fold(field).includes(text));
}
