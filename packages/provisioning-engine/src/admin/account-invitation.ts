/**
 * Inviting a person with an account of their own to sign in through the identity provider (R96).
 *
 * @module
 */
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import { samlEndpoints } from "../connection/endpoints.ts";
import { ProvisioningError } from "../errors.ts";
import { createInvitation, mayBeInvited } from "../sign-in/invitation.ts";
import type { UnitOfWork } from "../unit-of-work.ts";
import type { Account, InvitationView } from "./views.ts";

/**
 * @throws {ProvisioningError} `invitations_off`; `conflict` for an account that cannot be invited
 */
export async function inviteAccount(
  unit: UnitOfWork,
  connection: EffectiveConnection,
  { id }: Account,
): Promise<InvitationView> {
  const { settings, tenant } = connection;
  if (!settings.inviteExisting) throw invitationsOff();
  const account = await unit.tx.accounts.get(tenant.id, id);
  if (account === null || !mayBeInvited(account) || account.email === null) throw notInvitable();
  const { secret, expiresAt } = await createInvitation(unit, connection.id, id);
  const subject = { type: "account", id };
  await unit.audit({ tenantId: tenant.id, action: "account.invited", subject, after: { expiresAt } });
  return {
    account: id,
    url: `${samlEndpoints(unit.context.url, connection.id).signInUrl}?context=${secret}`,
    expiresAt,
  };
}

function invitationsOff(): ProvisioningError {
  return new ProvisioningError("invitations_off", "People of this tenant are not invited to single sign-on.", {
    hint: "Switch inviteExisting of the connection on.",
  });
}

function notInvitable(): ProvisioningError {
  return new ProvisioningError("conflict", "This account cannot be invited to single sign-on.", {
    hint: "Invite accounts that were made by hand, have an e-mail address and are not for emergencies.",
  });
}
