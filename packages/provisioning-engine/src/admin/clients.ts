/**
 * `admin.clients`: the OAuth clients of a root connection.
 *
 * @module
 */
import { tokenUrl } from "../connection/endpoints.ts";
import { isClientId, mintClient } from "../connection/scim-client.ts";
import type { ScimCredentialRecord } from "../ports/index.ts";
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
import { NEW_CLIENT } from "./shapes.ts";
import type { ClientView } from "./views.ts";

const CLIENT: CredentialKind = { name: "client", isIdOf: isClientId };

export function clientOperations(operator: Operator): Admin["clients"] {
  const { url } = operator.context;
  return {
    create: async (tenant, options = {}) => {
      const wanted = checked(NEW_CLIENT, options);
      const { secret: clientSecret, ...kept } = mintClient();
      const record = await changeTenant(operator, tenant, (unit, connection) =>
        createCredential(unit, connection, CLIENT, { ...wanted, ...kept }),
      );
      return { ...clientView(url, record), clientSecret };
    },
    list: (tenant) =>
      readTenant(operator, tenant, async (tx, connection) => ({
        items: (await listCredentials(tx, connection, CLIENT)).map((record) => clientView(url, record)),
      })),
    revoke: (tenant, id) =>
      changeTenant(operator, tenant, (unit, connection) => revokeCredential(unit, connection, CLIENT, id)),
  };
}

function clientView(url: string, record: ScimCredentialRecord): ClientView {
  return { ...credentialView(record), clientId: record.id, tokenUrl: tokenUrl(url, record.connectionId) };
}
