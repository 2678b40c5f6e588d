/**
 * Who a newly pushed person is (domain rules, "Match on SCIM create"): the profile that a DELETE left behind, an account
 * made by hand with a proven e-mail, or nobody yet. Somebody who is in the directory already is refused by the unique
 * keys of the store.
 *
 * @module
 */
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import type { AccountRecord, ConnectionSettings, DirectoryUserRecord, Transaction } from "../ports/index.ts";
import { hasSignedInThrough } from "../sign-in/name-id-key.ts";
import { quote } from "../sync/quote.ts";
import { refusal } from "../sync/sync-failure.ts";
import type { UnitOfWork } from "../unit-of-work.ts";
import type { DirectoryProfile } from "./directory-profile.ts";
import { isLinkApproved } from "./link-approval.ts";

/** An existing account that a new resource is linked to. */
export interface AccountMatch {
  readonly account: AccountRecord;
  /** `retained` came back after a DELETE, `email` was made by hand until now. */
  readonly by: "retained" | "email";
  /** What the directory last said about a retained profile. */
  readonly retained: DirectoryUserRecord | null;
}

/**
 * @param connection of the root
 * @returns null for somebody new
 * @throws {SyncRefusal} `duplicate` when the e-mail belongs to a hand-made account that may not be taken over
 */
export async function matchAccount(
  unit: Pick<UnitOfWork, "tx" | "now">,
  connection: EffectiveConnection,
  profile: DirectoryProfile,
): Promise<AccountMatch | null> {
  return (await matchRetained(unit.tx, connection, profile)) ?? (await matchEmail(unit, connection, profile));
}

async function matchRetained(
  tx: Transaction,
  { root }: EffectiveConnection,
  { externalId, userName }: DirectoryProfile,
): Promise<AccountMatch | null> {
  const retained = await tx.users.retained(root.connectionId, { externalId, userName });
  if (retained === null) return null;
  const account = await tx.accounts.get(root.tenant.id, retained.accountId);
  if (account === null || account.connectionId !== root.connectionId) return null;
  if (await isInDirectory(tx, account)) return null;
  return { account, by: "retained", retained };
}

/** Whether a resource of the directory stands behind an account now. */
export async function isInDirectory(
  tx: Transaction,
  { connectionId, directoryUserId }: AccountRecord,
): Promise<boolean> {
  if (connectionId === null || directoryUserId === null) return false;
  return (await tx.users.get(connectionId, directoryUserId)) !== null;
}

/**
 * People of one directory may share an address; a hand-made account with it is one of two things: the person's own, if
 * somebody vouches for the domain, or a reason to refuse, since the same person would have two accounts (I7, I11).
 */
async function matchEmail(
  unit: Pick<UnitOfWork, "tx" | "now">,
  connection: EffectiveConnection,
  { email }: DirectoryProfile,
): Promise<AccountMatch | null> {
  if (email === null) return null;
  const sameEmail = await unit.tx.accounts.byEmail(connection.root.tenant.id, email);
  const foreign = sameEmail.filter(
    (account) => !account.breakGlass && account.connectionId !== connection.root.connectionId,
  );
  const [account, ...others] = foreign;
  if (account === undefined) return null;
  const isFree = others.length === 0 && account.connectionId === null;
  if (isFree && (await isVouchedFor(unit, connection, email, account))) return { account, by: "email", retained: null };
  throw refusal("duplicate", "uniqueness", emailTaken(email, connection.settings.linkPolicy));
}

/** An admin said so, the domain is proven, or the person was invited and has signed in here (I11, R96). */
async function isVouchedFor(
  unit: Pick<UnitOfWork, "tx" | "now">,
  { id, settings }: EffectiveConnection,
  email: string,
  account: AccountRecord,
): Promise<boolean> {
  const { linkPolicy, verifiedDomains, inviteExisting } = settings;
  if (linkPolicy === "none") return false;
  if (await isLinkApproved(unit, id, account.id)) return true;
  if (linkPolicy === "adminApproved") return false;
  const domain = email.slice(email.lastIndexOf("@") + 1).toLowerCase();
  return verifiedDomains.includes(domain) || (inviteExisting && hasSignedInThrough(id, account));
}

const ADVICE: Readonly<Record<ConnectionSettings["linkPolicy"], string>> = {
  verifiedDomain: "Verify its domain or approve the link, so that the two become one; or remove or change one of them.",
  adminApproved: "Approve the link, so that the two become one; or remove or change one of them.",
  none: "Remove or change one of them.",
};

function emailTaken(email: string, policy: ConnectionSettings["linkPolicy"]): string {
  return `The e-mail ${quote(email)} belongs to an account that was made by hand. ${ADVICE[policy]}`;
}
