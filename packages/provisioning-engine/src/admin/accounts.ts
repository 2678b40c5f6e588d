/**
 * `admin.accounts`: people of a tenant, as far as they are the tenant's to change.
 *
 * @module
 */
import { listAccounts } from "../account/account-list.ts";
import { readAccount } from "../account/account-view.ts";
import type { Reader } from "../account/group-role.ts";
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import { ProvisioningError } from "../errors.ts";
import type { AccountId } from "../ports/index.ts";
import { checked } from "../validation/checked.ts";
import { createAccount } from "./account-creation.ts";
import { deleteAccount } from "./account-deletion.ts";
import { inviteAccount } from "./account-invitation.ts";
import { approveAccountLink } from "./account-link.ts";
import { updateAccount } from "./account-update.ts";
import type { Admin } from "./admin.ts";
import { changeOrSimulate, changeTenant, type Operator, readTenant } from "./operator.ts";
import { ACCOUNT_CHANGE, ACCOUNT_FILTER, NEW_ACCOUNT, SIMULATION } from "./shapes.ts";
import type { Account } from "./views.ts";

export function accountOperations(operator: Operator): Admin["accounts"] {
  const { context } = operator;
  return {
    get: (tenant, id) =>
      readTenant(operator, tenant, (tx, connection) => existingAccount({ tx, context }, connection, id)),
    list: async (tenant, input = {}) => {
      const filter = checked(ACCOUNT_FILTER, input);
      return readTenant(operator, tenant, (tx, connection) => listAccounts({ tx, context }, connection, filter));
    },
    create: async (tenant, input) => {
      const { simulate, ...wanted } = checked(NEW_ACCOUNT, input);
      return changeOrSimulate(operator, tenant, { simulate }, async (unit, connection) => {
        const id = await createAccount(unit, connection, wanted);
        return existingAccount(unit, connection, id);
      });
    },
    update: async (tenant, id, input) => {
      const { simulate, ...change } = checked(ACCOUNT_CHANGE, input);
      return changeOrSimulate(operator, tenant, { simulate }, async (unit, connection) => {
        const before = await existingAccount(unit, connection, id);
        await updateAccount(unit, connection, before, change);
        return existingAccount(unit, connection, id);
      });
    },
    invite: (tenant, id) =>
      changeTenant(operator, tenant, async (unit, connection) =>
        inviteAccount(unit, connection, await existingAccount(unit, connection, id)),
      ),
    approveLink: (tenant, id) =>
      changeTenant(operator, tenant, async (unit, connection) =>
        approveAccountLink(unit, connection, await existingAccount(unit, connection, id)),
      ),
    delete: async (tenant, id, options = {}) =>
      changeOrSimulate(operator, tenant, checked(SIMULATION, options), async (unit, connection) => {
        await deleteAccount(unit, connection, await existingAccount(unit, connection, id));
        return {};
      }),
  };
}

async function existingAccount(reader: Reader, connection: EffectiveConnection, id: AccountId): Promise<Account> {
  const account = await readAccount(reader, connection, id);
  if (account !== null) return account;
  throw new ProvisioningError("not_found", `There is no account "${id}" in the tenant "${connection.tenant.id}".`);
}
