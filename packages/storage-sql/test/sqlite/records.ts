import type {
  AccountRecord,
  DirectoryUserRecord,
  ResourceRecord,
  TenantRecord,
} from "@muster/provisioning-engine/ports";

const AT = "2026-01-01T00:00:00.000Z";

export function aTenant(id: string, given: Partial<TenantRecord> = {}): TenantRecord {
  return {
    id,
    name: id,
    parentId: null,
    connectionId: "connection",
    seatLimits: { user: null, reader: null },
    createdAt: AT,
    version: 1,
    ...given,
  };
}

export function aUser(id: string, given: Partial<DirectoryUserRecord> = {}): DirectoryUserRecord {
  return {
    connectionId: "connection",
    id,
    accountId: `account of ${id}`,
    userName: `${id}@acme.test`,
    externalId: null,
    emails: [`${id}@acme.test`],
    active: true,
    attributes: { userName: `${id}@acme.test` },
    createdAt: AT,
    modifiedAt: AT,
    deletedAt: null,
    version: 1,
    ...given,
  };
}

export function aDevice(id: string, given: Partial<ResourceRecord> = {}): ResourceRecord {
  return {
    connectionId: "connection",
    type: "Device",
    id,
    externalId: null,
    uniqueKeys: [`key of ${id}`],
    attributes: { serial: id },
    createdAt: AT,
    modifiedAt: AT,
    version: 1,
    ...given,
  };
}

export function anAccount(id: string, given: Partial<AccountRecord> = {}): AccountRecord {
  return {
    tenantId: "acme",
    id,
    kind: "user",
    userName: `${id}@acme.test`,
    email: null,
    name: id,
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
    createdAt: AT,
    updatedAt: AT,
    version: 1,
    ...given,
  };
}
