/**
 * Tokens and clients of a root connection: made, listed and revoked alike.
 *
 * @module
 */
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import { ProvisioningError } from "../errors.ts";
import type { ScimCredentialRecord, Transaction } from "../ports/index.ts";
import type { UnitOfWork } from "../unit-of-work.ts";
import type { NewToken } from "./admin.ts";
import type { TokenView } from "./views.ts";
import { ensureWritten } from "./written.ts";

/** Enough for a rotation per environment; a forgotten credential is a way in. */
const MOST_OF_A_KIND = 50;

export interface CredentialKind {
  readonly name: "token" | "client";
  readonly isIdOf: (id: string) => boolean;
}

/** @throws {ProvisioningError} `inherited_read_only`, `invalid_request`, `conflict` */
export async function createCredential(
  unit: UnitOfWork,
  connection: EffectiveConnection,
  kind: CredentialKind,
  { id, hash, label, expiresAt }: NewToken & Pick<ScimCredentialRecord, "id" | "hash">,
): Promise<ScimCredentialRecord> {
  refuseChild(connection, kind);
  const record = {
    connectionId: connection.id,
    id,
    hash,
    label: label ?? null,
    createdAt: unit.now,
    expiresAt: expiresAt === undefined ? null : futureInstant(expiresAt, unit.now),
    lastUsedAt: null,
  };
  const { length } = await listCredentials(unit.tx, connection, kind);
  if (length >= MOST_OF_A_KIND) throw tooMany(kind);
  ensureWritten(await unit.tx.credentials.insert(record));
  await unit.audit({ ...auditEntry(connection, kind, id, "created"), after: auditable(record) });
  return record;
}

export async function listCredentials(
  { credentials }: Transaction,
  { id }: EffectiveConnection,
  { isIdOf }: CredentialKind,
): Promise<readonly ScimCredentialRecord[]> {
  return (await credentials.list(id)).filter((credential) => isIdOf(credential.id));
}

/** @throws {ProvisioningError} `not_found` */
export async function revokeCredential(
  unit: UnitOfWork,
  connection: EffectiveConnection,
  kind: CredentialKind,
  id: string,
): Promise<void> {
  const record = kind.isIdOf(id) ? await unit.tx.credentials.get(connection.id, id) : null;
  if (record === null) throw new ProvisioningError("not_found", `There is no such ${kind.name}.`);
  await unit.tx.credentials.delete(connection.id, id);
  await unit.audit({ ...auditEntry(connection, kind, id, "revoked"), before: auditable(record) });
}

/** Everything but what a secret is compared with. */
export function credentialView({ id, label, createdAt, expiresAt, lastUsedAt }: ScimCredentialRecord): TokenView {
  return { id, label, createdAt, expiresAt, lastUsedAt };
}

/** SCIM endpoint and credentials exist at the parent only (R116). */
function refuseChild({ inherited, root }: EffectiveConnection, { name }: CredentialKind): void {
  if (!inherited) return;
  throw new ProvisioningError(
    "inherited_read_only",
    `A ${name} cannot be made here: SCIM is inherited from "${root.tenant.id}".`,
    { hint: `Make the ${name} at the tenant "${root.tenant.id}".` },
  );
}

function futureInstant(text: string, now: string): string {
  const instant = new Date(text).toISOString();
  if (instant > now) return instant;
  throw new ProvisioningError("invalid_request", "expiresAt: Expected an instant in the future.");
}

function tooMany({ name }: CredentialKind): ProvisioningError {
  return new ProvisioningError("conflict", `The connection has ${MOST_OF_A_KIND} ${name}s already.`, {
    hint: "Revoke those that nobody uses any more.",
  });
}

function auditEntry({ tenant }: EffectiveConnection, { name }: CredentialKind, id: string, verb: string) {
  return { tenantId: tenant.id, action: `${name}.${verb}`, subject: { type: name, id } };
}

function auditable({ label, expiresAt }: ScimCredentialRecord): object {
  return { label, expiresAt };
}
