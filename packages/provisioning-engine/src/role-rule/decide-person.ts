/**
 * The rules of a connection, asked about somebody of its directory.
 *
 * @module
 */
import type { FilterCandidate } from "@muster/scim-core";
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import type { DirectoryGroupRecord, DirectoryUserId, RoleMapping, Transaction } from "../ports/index.ts";
import type { UnitOfWork } from "../unit-of-work.ts";
import { evaluateRules, type RuleDecision } from "./evaluate-rules.ts";

/**
 * @param resource the person as the directory says now
 * @param explains whether somebody reads what every part of an expression came to
 */
export async function decidePerson(
  { tx, context, now }: Pick<UnitOfWork, "tx" | "context" | "now">,
  connection: EffectiveConnection,
  resource: FilterCandidate,
  explains: boolean = false,
): Promise<RuleDecision> {
  const { settings } = connection;
  const groups = asksForGroups(settings.roleMapping) ? await groupsOf(tx, connection, resource.id) : [];
  return evaluateRules(settings, { resource, groups, now: new Date(now) }, { ...context, explains });
}

/** Whether who is in which group makes a difference. */
export function asksForGroups({ rules }: RoleMapping): boolean {
  return rules.some(({ when }) => "group" in when);
}

async function groupsOf(
  tx: Transaction,
  { root: { connectionId } }: EffectiveConnection,
  userId: DirectoryUserId,
): Promise<readonly DirectoryGroupRecord[]> {
  const groups: DirectoryGroupRecord[] = [];
  for (const id of await tx.members.groupsOf(connectionId, userId, "inEffect")) {
    const group = await tx.groups.get(connectionId, id);
    if (group !== null) groups.push(group);
  }
  return groups;
}
