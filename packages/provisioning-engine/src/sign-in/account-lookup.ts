/**
 * Whose account an assertion speaks of (domain rules, "Match on SAML login"). A child looks among the people that it
 * reads through its parent first, then among its own.
 *
 * @module
 */
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import type { AccountRecord, TenantId, Transaction } from "../ports/index.ts";

/** What an assertion says about a person, as far as it identifies them. */
export interface Person {
  /** The pairwise key of the NameID: connection, format and value. */
  readonly nameIdKey: string;
  readonly nameId: string;
  readonly email: string;
  readonly name: string | undefined;
  /** What it was told by, without what was told. */
  readonly attributeNames: string;
  /** Fingerprints of the certificates that it was signed by. */
  readonly signedBy: readonly string[];
}

/** What a logout request says about a person. */
export type NamedPerson = Pick<Person, "nameId" | "nameIdKey">;

/** Tried in this order; the first that finds somebody decides. */
const MATCHES: readonly Match<Person>[] = [byLastSignIn, byExternalId, byUserName, byEmail];

/** Those that a NameID is enough for. */
const MATCHES_BY_NAME: readonly Match<NamedPerson>[] = [byLastSignIn, byExternalId, byUserName];

type Match<Known> = (tx: Transaction, connection: EffectiveConnection, person: Known) => Promise<AccountRecord | null>;

/** @returns the account, or null when nobody matches */
export async function findAccount(
  tx: Transaction,
  connection: EffectiveConnection,
  person: Person,
): Promise<AccountRecord | null> {
  return firstMatch(MATCHES, tx, connection, person);
}

/** @returns the account that a NameID alone tells, or null */
export async function findNamedAccount(
  tx: Transaction,
  connection: EffectiveConnection,
  person: NamedPerson,
): Promise<AccountRecord | null> {
  return firstMatch(MATCHES_BY_NAME, tx, connection, person);
}

async function firstMatch<Known>(
  matches: readonly Match<Known>[],
  tx: Transaction,
  connection: EffectiveConnection,
  person: Known,
): Promise<AccountRecord | null> {
  for (const match of matches) {
    const account = await match(tx, connection, person);
    if (account !== null) return account;
  }
  return null;
}

function byLastSignIn(
  tx: Transaction,
  connection: EffectiveConnection,
  { nameIdKey }: NamedPerson,
): Promise<AccountRecord | null> {
  return firstVisible(connection, (tenantId) => tx.accounts.bySamlNameId(tenantId, nameIdKey));
}

/** Entra and others send the directory's own id as NameID when asked to; SCIM knows it as externalId. */
async function byExternalId(
  tx: Transaction,
  { root }: EffectiveConnection,
  { nameId }: NamedPerson,
): Promise<AccountRecord | null> {
  const [user] = await tx.users.find({
    connectionId: root.connectionId,
    lookups: [{ attribute: "externalId", value: nameId }],
    limit: 1,
  });
  return user === undefined ? null : tx.accounts.get(root.tenant.id, user.accountId);
}

function byUserName(
  tx: Transaction,
  connection: EffectiveConnection,
  { nameId }: NamedPerson,
): Promise<AccountRecord | null> {
  return firstVisible(connection, (tenantId) => tx.accounts.byUserName(tenantId, nameId));
}

/** An e-mail is a name that anybody may write into a profile: it counts where the directory, or a proven domain, vouches. */
async function byEmail(
  tx: Transaction,
  connection: EffectiveConnection,
  { email }: Person,
): Promise<AccountRecord | null> {
  const vouched = isVerifiedDomain(connection, email);
  for (const tenantId of tenantsOf(connection)) {
    const sameEmail = await tx.accounts.byEmail(tenantId, email);
    const eligible = sameEmail.filter(
      (account) => isVisible(connection, account) && (vouched || account.connectionId !== null),
    );
    // Two people with one address: neither is meant for certain, and nobody else is either.
    if (eligible.length > 1) return null;
    if (eligible[0] !== undefined) return eligible[0];
  }
  return null;
}

function isVerifiedDomain({ settings }: EffectiveConnection, email: string): boolean {
  const domain = email.slice(email.lastIndexOf("@") + 1).toLowerCase();
  return settings.linkPolicy === "verifiedDomain" && settings.verifiedDomains.includes(domain);
}

async function firstVisible(
  connection: EffectiveConnection,
  look: (tenantId: TenantId) => Promise<AccountRecord | null>,
): Promise<AccountRecord | null> {
  for (const tenantId of tenantsOf(connection)) {
    const account = await look(tenantId);
    if (account !== null && isVisible(connection, account)) return account;
  }
  return null;
}

function tenantsOf({ root, tenant, inherited }: EffectiveConnection): readonly TenantId[] {
  return inherited ? [root.tenant.id, tenant.id] : [tenant.id];
}

/**
 * Accounts of another connection are never touched (I10), break-glass accounts never by an identity provider (I2), and
 * of its parent a child sees only who is managed.
 */
function isVisible({ root, tenant }: EffectiveConnection, account: AccountRecord): boolean {
  if (account.breakGlass) return false;
  return account.connectionId === null ? account.tenantId === tenant.id : account.connectionId === root.connectionId;
}
