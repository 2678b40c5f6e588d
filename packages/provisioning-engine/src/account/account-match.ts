/**
 * Who a newly pushed person is (domain rules, "Match on SCIM create"): the profile that a DELETE left behind, an account
 * made by hand with a proven e-mail, or nobody yet. Somebody who is in the directory already is refused by the unique
 * keys of the store.
 *
 * @module
 */
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import type { AccountRecord, DirectoryUserRecord, Transaction } from "../ports/index.ts";
import { hasSignedInThrough } from "../sign-in/name-id-key.ts";
import { quote } from "../sync/quote.ts";
import { refusal } from "../sync/sync-failure.ts";
import type { DirectoryProfile } from "./directory-profile.ts";

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
  tx: Transaction,
  connection: EffectiveConnection,
  profile: DirectoryProfile,
): Promise<AccountMatch | null> {
  return (await matchRetained(tx, connection, profile)) ?? (await matchEmail(tx, connection, profile));
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
  tx: Transaction,
  connection: EffectiveConnection,
  { email }: DirectoryProfile,
): Promise<AccountMatch | null> {
  if (email === null) return null;
  const sameEmail = await tx.accounts.byEmail(connection.root.tenant.id, email);
  const foreign = sameEmail.filter(
    (account) => !account.breakGlass && account.connectionId !== connection.root.connectionId,
  );
  const [account, ...others] = foreign;
  if (account === undefined) return null;
  if (others.length === 0 && account.connectionId === null && vouchesFor(connection, email, account)) {
    return { account, by: "email", retained: null };
  }
  throw refusal("duplicate", "uniqueness", emailTaken(email));
}

/** The domain is proven, or the person was invited and has signed in through this provider (I11, R96). */
function vouchesFor({ id, settings }: EffectiveConnection, email: string, account: AccountRecord): boolean {
  const domain = email.slice(email.lastIndexOf("@") + 1).toLowerCase();
  if (settings.linkPolicy !== "verifiedDomain") return false;
  return settings.verifiedDomains.includes(domain) || (settings.inviteExisting && hasSignedInThrough(id, account));
}

function emailTaken(email: string): string {
  return (
    `The e-mail ${quote(email)} belongs to an account that was made by hand. ` +
    "Verify its domain so that the two are linked, or remove or change one of them."
  );
}
