/**
 * `admin.tokens`: the bearer tokens of a root connection.
 *
 * @module
 */
import { isTokenId, mintToken } from "../connection/scim-credential.ts";
import { checked } from "../validation/checked.ts";
import type { Admin } from "./admin.ts";
import {
  type CredentialKind,
  createCredential,
  credentialView,
  listCredentials,
  revokeCredential,
} from "./credentials.ts";
import { changeTenant, type Operator, readTenant } from "./operator.ts";
import { NEW_TOKEN } from "./shapes.ts";

const TOKEN: CredentialKind = { name: "token", isIdOf: isTokenId };

export function tokenOperations(operator: Operator): Admin["tokens"] {
  return {
    create: async (tenant, options = {}) => {
      const wanted = checked(NEW_TOKEN, options);
      const { token, ...kept } = mintToken();
      const record = await changeTenant(operator, tenant, (unit, connection) =>
        createCredential(unit, connection, TOKEN, { ...wanted, ...kept }),
      );
      return { ...credentialView(record), token };
    },
    list: (tenant) =>
      readTenant(operator, tenant, async (tx, connection) => ({
        items: (await listCredentials(tx, connection, TOKEN)).map(credentialView),
      })),
    revoke: (tenant, id) =>
      changeTenant(operator, tenant, (unit, connection) => revokeCredential(unit, connection, TOKEN, id)),
  };
}
