/**
 * What a child keeps when it is unlinked, written out under the ids that it was known by.
 *
 * @module
 */
import { readAccounts } from "../account/account-view.ts";
import { reportWaiting, takeSeat } from "../account/seats.ts";
import { withLocalState } from "../admin/group-overlay.ts";
import { writeLocalState } from "../admin/local-state.ts";
import type { Account } from "../admin/views.ts";
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import { ProvisioningError } from "../errors.ts";
import { listGroups } from "../group/group-view.ts";
import type { AccountId, AccountRecord, ConnectionSettings, GroupId, RoleRule, Transaction } from "../ports/index.ts";
import type { UnitOfWork } from "../unit-of-work.ts";

const PEOPLE_PER_PAGE = 500;

/**
 * The parent's settings as they are now, with SCIM off. Consent and trust in JWTs were given for the parent, and default
 * groups that only the parent has are left out.
 *
 * @param groups ids of the groups that the child has
 */
export function keepSettings(settings: ConnectionSettings, groups: ReadonlySet<GroupId>): ConnectionSettings {
  return {
    ...settings,
    scimEnabled: false,
    consent: null,
    scimJwt: null,
    archive: null,
    defaultUserGroups: settings.defaultUserGroups.filter((id) => groups.has(id)),
    defaultReaderGroups: settings.defaultReaderGroups.filter((id) => groups.has(id)),
    roleMapping: { ...settings.roleMapping, rules: settings.roleMapping.rules.map((rule) => keepRule(rule, groups)) },
  };
}

function keepRule(rule: RoleRule, known: ReadonlySet<GroupId>): RoleRule {
  const { groups, ...then } = rule.then;
  return groups === undefined ? rule : { ...rule, then: { ...then, groups: groups.filter((id) => known.has(id)) } };
}

/**
 * Makes local groups of the faces of directory groups.
 *
 * @returns the ids of all groups of the child
 */
export async function keepGroups({ tx, now }: UnitOfWork, child: EffectiveConnection): Promise<ReadonlySet<GroupId>> {
  const tenantId = child.tenant.id;
  const groups = await withLocalState(tx, child, await listGroups(tx, child));
  for (const { id, name, kind, role, contentAccess } of groups.filter(({ origin }) => origin === "scim")) {
    const group = { tenantId, id, name, kind, role, contentAccess, createdAt: now, version: 1 };
    if (!(await tx.localGroups.insert(group)).ok) throw sameName("group", name);
    await tx.overlays.delete(tenantId, id);
  }
  return new Set(groups.map(({ id }) => id));
}

/** Makes the child's own of everybody whom it reads through its parent: rows, memberships, seats. */
export async function keepPeople(unit: UnitOfWork, child: EffectiveConnection): Promise<void> {
  const { connectionId, tenant } = child.root;
  for (let after: string | undefined, more = true; more; ) {
    const query = { tenantId: tenant.id, connectionId, after, limit: PEOPLE_PER_PAGE };
    const records = await unit.tx.accounts.find(query);
    const suspended = await suspendedAtParent(unit.tx, child, records);
    const shown = new Map((await readAccounts(unit, child, records)).map((account) => [account.id, account]));
    for (const record of records) {
      const account = shown.get(record.id);
      if (account !== undefined) await keepPerson(unit, child, record, account);
      // Whom the parent kept out stays out.
      if (suspended.has(record.id)) await writeLocalState(unit, child.tenant.id, record.id, { suspended: true });
    }
    after = records.at(-1)?.id;
    more = records.length === PEOPLE_PER_PAGE;
  }
}

async function suspendedAtParent(
  tx: Transaction,
  { root }: EffectiveConnection,
  records: readonly AccountRecord[],
): Promise<ReadonlySet<AccountId>> {
  const ids = records.map(({ id }) => id);
  const overlays = await tx.overlays.getMany(root.tenant.id, ids);
  return new Set(overlays.filter(({ suspended }) => suspended).map(({ accountId }) => accountId));
}

/** No connection has a say any more. */
const CUT_OFF = { connectionId: null, directoryUserId: null, archived: false } as const;

async function keepPerson(
  unit: UnitOfWork,
  child: EffectiveConnection,
  record: AccountRecord,
  { groups, contentRole, contentRoleSource }: Account,
): Promise<void> {
  const { tx } = unit;
  const { id: tenantId } = child.tenant;
  // Nobody decides roles any more: those of now become the tenant's own.
  const provisionedRole = record.decidedRole?.value ?? record.provisionedRole;
  const decided = { provisionedRole, decidedRole: null, decidedContentRole: null };
  const own = { ...record, ...decided, ...CUT_OFF, tenantId, version: 1 };
  if (!(await tx.accounts.insert(own)).ok) throw sameName("account", record.userName);
  if (contentRoleSource === "rule" || contentRoleSource === "idp") {
    await writeLocalState(unit, tenantId, own.id, { contentRole });
  }
  for (const { id: groupId, sources } of groups) {
    const membership = { tenantId, groupId, accountId: own.id, source: "local" } as const;
    if (sources.includes("scim")) await tx.localGroups.addMember(membership);
  }
  if (own.active) await keepSeat(unit, child, own);
}

/** Whoever waited at the parent may wait here from now on, and is listed here. */
async function keepSeat(unit: UnitOfWork, child: EffectiveConnection, account: AccountRecord): Promise<void> {
  const { id: accountId, tenantId } = account;
  const before = await unit.tx.seats.get(tenantId, accountId);
  if (before?.kind === account.kind) return;
  const outcome = await takeSeat(unit, child, account, "wait", before?.kind);
  if (outcome === "waiting") await reportWaiting(unit, child, account, "inherit");
}

/** Which of the two is meant by the name is for a person to decide. */
function sameName(what: "account" | "group", name: string): ProvisioningError {
  return new ProvisioningError("conflict", `The tenant has a ${what} of its own with the name "${name}".`, {
    hint: `Rename or delete that ${what} first: an inherited one of the same name would become its own too.`,
    facts: { [what]: name },
  });
}
