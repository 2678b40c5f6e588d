/**
 * The link between a child and its parent. While it holds, the child reads through; when it ends, the child keeps what
 * it showed as its own (R114). Both sides have it in their audit log (R119).
 *
 * @module
 */
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import { ProvisioningError } from "../errors.ts";
import type { TenantRecord, WriteResult } from "../ports/index.ts";
import { beginChild, endChild } from "../sync/consumer.ts";
import { projectPage } from "../sync/project.ts";
import type { UnitOfWork } from "../unit-of-work.ts";
import { keepGroups, keepPeople, keepSettings } from "./own-copy.ts";

/** Lets a new child consume its parent's changes. The rows of tenant and connection name the parent already. */
export async function linkChild(unit: UnitOfWork, parent: TenantRecord, child: TenantRecord): Promise<void> {
  await beginChild(unit.tx, parent.id, child.id);
  await auditBothSides(unit, "linked", parent.id, child.id);
}

/**
 * Ends a link: people and groups stay under their ids, with an own copy of the settings and SCIM off.
 *
 * @throws {ProvisioningError} `conflict` when something of the child has the name of something that it inherited
 */
export async function unlinkChild(unit: UnitOfWork, child: EffectiveConnection): Promise<void> {
  const parentId = child.root.tenant.id;
  // What the parent told so far has its effect, events and seats, before the child stops to listen.
  while (await projectPage(unit, parentId, child.tenant.id));
  await endChild(unit.tx, parentId, child.tenant.id);
  const groups = await keepGroups(unit, child);
  await keepPeople(unit, child);
  await cutRows(unit, child, groups);
  await auditBothSides(unit, "unlinked", parentId, child.tenant.id);
}

async function cutRows({ tx }: UnitOfWork, child: EffectiveConnection, groups: ReadonlySet<string>): Promise<void> {
  const { tenant } = child;
  const connection = await tx.connections.get(child.id);
  if (connection === null) throw new ProvisioningError("internal", `Connection ${child.id} is missing.`);
  const settings = keepSettings(child.settings, groups);
  requireWritten(await tx.tenants.update({ ...tenant, parentId: null, version: tenant.version + 1 }));
  const { metadata } = child;
  const version = connection.version + 1;
  requireWritten(await tx.connections.update({ ...connection, parentId: null, settings, metadata, version }));
}

function requireWritten(result: WriteResult): void {
  if (result.ok) return;
  throw new ProvisioningError("conflict", "Somebody else changed this tenant at the same time.", {
    hint: "Read it again and repeat the change.",
  });
}

async function auditBothSides(
  unit: UnitOfWork,
  verb: "linked" | "unlinked",
  parentId: string,
  childId: string,
): Promise<void> {
  const [before, after] = verb === "linked" ? [null, parentId] : [parentId, null];
  for (const tenantId of [childId, parentId]) {
    await unit.audit({
      tenantId,
      action: `tenant.${verb}`,
      subject: { type: "tenant", id: childId },
      before: { parent: before },
      after: { parent: after },
    });
  }
}
