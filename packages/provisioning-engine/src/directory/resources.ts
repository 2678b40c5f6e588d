/**
 * Writes of the host's own resource types. They have no account behind them: what the schema allows is stored.
 *
 * @module
 */
import {
  type Attributes,
  equalAttributes,
  type Precondition,
  type ResourceType,
  ScimError,
  uniqueValues,
} from "@muster/scim-core";
import type { ResourceId, ResourceRecord, ResourceWriteResult } from "../ports/index.ts";
import type { Push, Pushed } from "../sync/push.ts";
import { refusal } from "../sync/sync-failure.ts";
import { notFound } from "./not-found.ts";
import { ensurePrecondition } from "./precondition.ts";
import { uniqueKey } from "./unique-keys.ts";

/** @throws {ScimError} `uniqueness` */
export async function createResource(
  push: Push,
  type: ResourceType,
  attributes: Attributes,
): Promise<Pushed<ResourceRecord>> {
  const { unit, connection } = push;
  const resource: ResourceRecord = {
    connectionId: connection.root.connectionId,
    type: type.name,
    id: unit.context.newId(),
    ...columnsOf(attributes, type),
    createdAt: unit.now,
    modifiedAt: unit.now,
    version: 1,
  };
  ensureWritten(await unit.tx.resources.insert(resource), resource, type);
  await audit(push, resource, "resource.created", { after: { externalId: resource.externalId } });
  return { result: resource, changed: true };
}

/** Which resource is meant, and as of when. */
export interface ResourceTarget {
  readonly id: ResourceId;
  readonly precondition: Precondition | undefined;
}

/**
 * @param change the attributes after the write; `current` itself when nothing changes
 * @throws {ScimError} `notFound`, `preconditionFailed`, `uniqueness`, and what `change` throws
 * @throws {SyncRefusal} `conflict`
 */
export async function changeResource(
  push: Push,
  type: ResourceType,
  target: ResourceTarget,
  change: (current: Attributes) => Attributes,
): Promise<Pushed<ResourceRecord>> {
  const resource = await loadResource(push, type, target);
  const attributes = change(resource.attributes);
  if (equalAttributes(attributes, resource.attributes)) return { result: resource, changed: false };
  const { unit } = push;
  const saved: ResourceRecord = {
    ...resource,
    ...columnsOf(attributes, type),
    modifiedAt: unit.now,
    version: resource.version + 1,
  };
  ensureWritten(await unit.tx.resources.update(saved), saved, type);
  await audit(push, saved, "resource.updated", { after: { changed: changedNames(resource.attributes, attributes) } });
  return { result: saved, changed: true };
}

/** @throws {ScimError} `notFound`, `preconditionFailed` */
export async function removeResource(
  push: Push,
  type: ResourceType,
  target: ResourceTarget,
): Promise<Pushed<undefined>> {
  const resource = await loadResource(push, type, target);
  await push.unit.tx.resources.delete(resource.connectionId, resource.type, resource.id);
  await audit(push, resource, "resource.deleted", { before: { externalId: resource.externalId } });
  return { result: undefined, changed: true };
}

async function loadResource(
  { unit, connection }: Push,
  type: ResourceType,
  { id, precondition }: ResourceTarget,
): Promise<ResourceRecord> {
  const resource = await unit.tx.resources.get(connection.root.connectionId, type.name, id);
  if (resource === null) throw notFound(type.name, id);
  ensurePrecondition(precondition, resource.version);
  return resource;
}

type Columns = Pick<ResourceRecord, "externalId" | "uniqueKeys" | "attributes">;

function columnsOf(attributes: Attributes, type: ResourceType): Columns {
  const { externalId } = attributes;
  return {
    externalId: typeof externalId === "string" ? externalId : null,
    uniqueKeys: [...new Set(uniqueValues(attributes, type).map(uniqueKey))],
    attributes,
  };
}

function ensureWritten(result: ResourceWriteResult, { attributes }: ResourceRecord, type: ResourceType): void {
  if (result.ok) return;
  if (result.conflict !== "uniqueKeys") {
    throw refusal("conflict", "conflict", `The ${type.name} changed at the same time. Try again.`);
  }
  const taken = uniqueValues(attributes, type).find((value) => uniqueKey(value) === result.taken);
  throw new ScimError(
    "uniqueness",
    `Another ${type.name} has this value of ${taken?.path} already. Change or remove one of the two.`,
  );
}

/** Names only: an audit log outlives what it tells of. */
function changedNames(before: Attributes, after: Attributes): readonly string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  const asJson = (attributes: Attributes, name: string) => JSON.stringify(attributes[name]);
  return [...names].filter((name) => asJson(before, name) !== asJson(after, name));
}

async function audit(
  { unit, connection }: Push,
  { type, id }: ResourceRecord,
  action: "resource.created" | "resource.updated" | "resource.deleted",
  sides: { readonly before?: object; readonly after?: object },
): Promise<void> {
  await unit.audit({ tenantId: connection.tenant.id, action, subject: { type, id }, ...sides });
}
