/**
 * Approving that an account made by hand is linked to the person whom the directory pushes under its e-mail.
 *
 * @module
 */
import { approveLink } from "../account/link-approval.ts";
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import { ProvisioningError } from "../errors.ts";
import { mayBeInvited } from "../sign-in/invitation.ts";
import type { UnitOfWork } from "../unit-of-work.ts";
import type { Account, LinkApprovalView } from "./views.ts";

/** @throws {ProvisioningError} `conflict` for an account that is linked to nobody, or a connection that links nobody */
export async function approveAccountLink(
  unit: UnitOfWork,
  { id: connectionId, settings, tenant, inherited }: EffectiveConnection,
  { id }: Account,
): Promise<LinkApprovalView> {
  if (settings.linkPolicy === "none") throw linksNobody();
  const account = await unit.tx.accounts.get(tenant.id, id);
  if (inherited || account === null || !mayBeInvited(account) || account.email === null) throw notLinkable();
  const { email } = account;
  const expiresAt = await approveLink(unit, connectionId, id);
  const subject = { type: "account", id };
  await unit.audit({ tenantId: tenant.id, action: "account.link_approved", subject, after: { email, expiresAt } });
  return { account: id, email, expiresAt };
}

function linksNobody(): ProvisioningError {
  return new ProvisioningError("conflict", "The connection links no accounts by their e-mail.", {
    hint: 'Set its linkPolicy to "adminApproved" or "verifiedDomain".',
  });
}

function notLinkable(): ProvisioningError {
  return new ProvisioningError("conflict", "This account cannot be linked to somebody whom the directory pushes.", {
    hint: "Approve accounts of the tenant with the connection, made by hand, with an e-mail, and not for emergencies.",
  });
}
