/**
 * The key by which a person is found again at the next sign-in. NameIDs of one value but another format or audience are
 * other people (SAML Core §8.3.7).
 *
 * @module
 */
import type { NameID } from "@muster/saml-sp";
import type { AccountRecord, ConnectionId } from "../ports/index.ts";

export function nameIdKey(id: ConnectionId, { value, format }: NameID): string {
  return JSON.stringify([id, format ?? "", value]);
}

/** Whether the last sign-in of an account was through this connection. */
export function hasSignedInThrough(id: ConnectionId, { samlNameId }: Pick<AccountRecord, "samlNameId">): boolean {
  return samlNameId?.startsWith(`[${JSON.stringify(id)},`) ?? false;
}
