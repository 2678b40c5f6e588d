/**
 * What seals the cursors of a connection (RFC 9865): the same in every process and after a restart.
 *
 * @module
 */
import { randomBytes } from "node:crypto";
import type { EngineContext } from "../context.ts";
import type { ConnectionId, TenantId } from "../ports/index.ts";

const PURPOSE = "scim.cursors";
const SECRET_BYTES = 32;

/**
 * The connection's own secret: made of the host's, when it has one, or kept in the store since it was asked for first.
 *
 * @param hostSecret the option `scim.cursorSecret`
 */
export async function cursorSecretOf(
  { store }: EngineContext,
  { tenantId, connectionId }: { readonly tenantId: TenantId; readonly connectionId: ConnectionId },
  hostSecret: string | undefined,
): Promise<string> {
  if (hostSecret !== undefined) return `${connectionId} ${hostSecret}`;
  const proposed = randomBytes(SECRET_BYTES).toString("base64url");
  return store.transaction({ tenantId }, ({ secrets }) => secrets.settle(connectionId, PURPOSE, proposed));
}
