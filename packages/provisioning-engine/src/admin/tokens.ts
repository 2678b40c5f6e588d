/**
 * `admin.tokens`: the bearer tokens of a root connection.
 *
 * @module
 */
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import { mintToken } from "../connection/scim-credential.ts";
import { ProvisioningError } from "../errors.ts";
import type { ScimCredentialRecord } from "../ports/index.ts";
import type { UnitOfWork } from "../unit-of-work.ts";
import { checked } from "../validation/checked.ts";
import type { Admin, NewToken } from "./admin.ts";
import { changeTenant, type Operator, readTenant } from "./operator.ts";
import { NEW_TOKEN } from "./shapes.ts";
import type { TokenView } from "./views.ts";
import { ensureWritten } from "./written.ts";

/** Enough for a rotation per environment; a forgotten token is a way in. */
const MOST_TOKENS = 50;

export function tokenOperations(operator: Operator): Admin["tokens"] {
  return {
    create: async (tenant, options = {}) => {
      const wanted = checked(NEW_TOKEN, options);
      return changeTenant(operator, tenant, (unit, connection) => createToken(unit, connection, wanted));
    },
    list: (tenant) =>
      readTenant(operator, tenant, async (tx, { id }) => ({ items: (await tx.credentials.list(id)).map(tokenView) })),
    revoke: (tenant, id) => changeTenant(operator, tenant, (unit, connection) => revokeToken(unit, connection, id)),
  };
}

async function createToken(
  unit: UnitOfWork,
  connection: EffectiveConnection,
  { label, expiresAt }: NewToken,
): Promise<TokenView & { readonly token: string }> {
  refuseChild(connection);
  const { token, id, hash } = mintToken();
  const record = {
    connectionId: connection.id,
    id,
    hash,
    label: label ?? null,
    createdAt: unit.now,
    expiresAt: expiresAt === undefined ? null : futureInstant(expiresAt, unit.now),
    lastUsedAt: null,
  };
  const { length } = await unit.tx.credentials.list(connection.id);
  if (length >= MOST_TOKENS) throw tooMany();
  ensureWritten(await unit.tx.credentials.insert(record));
  const after = { label: record.label, expiresAt: record.expiresAt };
  await unit.audit({ tenantId: connection.tenant.id, action: "token.created", subject: subjectOf(id), after });
  return { ...tokenView(record), token };
}

async function revokeToken(unit: UnitOfWork, connection: EffectiveConnection, id: string): Promise<void> {
  const record = await unit.tx.credentials.get(connection.id, id);
  if (record === null) throw new ProvisioningError("not_found", "There is no such token.");
  await unit.tx.credentials.delete(connection.id, id);
  const before = { label: record.label, expiresAt: record.expiresAt };
  await unit.audit({ tenantId: connection.tenant.id, action: "token.revoked", subject: subjectOf(id), before });
}

/** SCIM endpoint and tokens exist at the parent only (R116). */
function refuseChild({ inherited, root }: EffectiveConnection): void {
  if (!inherited) return;
  throw new ProvisioningError(
    "inherited_read_only",
    `A token cannot be made here: SCIM is inherited from "${root.tenant.id}".`,
    { hint: `Make the token at the tenant "${root.tenant.id}".` },
  );
}

function futureInstant(text: string, now: string): string {
  const instant = new Date(text).toISOString();
  if (instant > now) return instant;
  throw new ProvisioningError("invalid_request", "expiresAt: Expected an instant in the future.");
}

function tooMany(): ProvisioningError {
  return new ProvisioningError("conflict", `The connection has ${MOST_TOKENS} tokens already.`, {
    hint: "Revoke those that nobody uses any more.",
  });
}

function subjectOf(id: string): { readonly type: string; readonly id: string } {
  return { type: "token", id };
}

function tokenView({ id, label, createdAt, expiresAt, lastUsedAt }: ScimCredentialRecord): TokenView {
  return { id, label, createdAt, expiresAt, lastUsedAt };
}
