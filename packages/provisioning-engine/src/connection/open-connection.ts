/**
 * A connection whose SCIM endpoint is open, and the credential that was presented there: one transaction.
 *
 * @module
 */
import type { EngineContext } from "../context.ts";
import type { ConnectionId, ConnectionSettings, ScimCredentialRecord, TenantId } from "../ports/index.ts";
import { completeSettings, isScimOpen } from "./new-settings.ts";

export interface OpenConnection {
  readonly tenantId: TenantId;
  readonly connectionId: ConnectionId;
  readonly settings: ConnectionSettings;
}

/** What was found. A connection is undefined when it is not there, while SCIM is off or the connection not in use, and at a child (R116, I36). */
export interface Found {
  readonly connection: OpenConnection | undefined;
  readonly credential: ScimCredentialRecord | null;
}

/** @param credentialId of the form of one, without which no credential is looked for */
export function openConnection(
  { store }: EngineContext,
  connectionId: ConnectionId,
  credentialId?: string | undefined,
): Promise<Found> {
  return store.transaction({ tenantId: null }, async (tx) => {
    const record = await tx.connections.get(connectionId);
    const credential = credentialId === undefined ? null : await tx.credentials.get(connectionId, credentialId);
    if (!record?.settings) return { connection: undefined, credential };
    const settings = completeSettings(record.settings);
    if (!isScimOpen(settings)) return { connection: undefined, credential };
    return { connection: { tenantId: record.tenantId, connectionId, settings }, credential };
  });
}
