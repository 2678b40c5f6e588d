/**
 * Leaves what a write is to others in the change feed, in the transaction of the write: what was rolled back is never
 * told, and what was committed is never forgotten.
 *
 * @module
 */
import {
  type Attributes,
  etagOf,
  locationOf,
  projectResource,
  type Resource,
  renderResource,
  selectAttributes,
  viewResource,
} from "@muster/scim-core";
import { scimBaseUrl } from "../connection/endpoints.ts";
import type { Endpoint } from "../directory/endpoint.ts";
import { SECURITY_EVENT } from "../events.ts";
import type { MemberMoves } from "../group/member-moves.ts";
import type { Push } from "../sync/push.ts";
import type { EventContent, EventPolicy, SubjectId } from "./security-event.ts";
import { type ResourceWrite, type Side, writeEvents } from "./write-events.ts";

/**
 * The endpoint itself, whose writes are told beside.
 *
 * @param policy of the engine; nothing is told without one
 */
export function tellWrites<Row extends { readonly id: string }>(
  endpoint: Endpoint<Row>,
  policy: EventPolicy | undefined,
): Endpoint<Row> {
  if (policy === undefined) return endpoint;
  const rowOf = ({ unit, connection }: Push, id: string) => endpoint.get(unit.tx, connection.root.connectionId, id);
  const tell = (push: Push, write: RowWrite<Row>) => recordWrite({ push, endpoint, policy }, write);
  return {
    ...endpoint,
    create: async (push, attributes) => {
      const pushed = await endpoint.create(push, attributes);
      await tell(push, { name: "create", before: null, after: pushed.result, members: undefined });
      return pushed;
    },
    replace: async (push, id, ...rest) => {
      const before = await rowOf(push, id);
      const pushed = await endpoint.replace(push, id, ...rest);
      const { changed, result: after, members } = pushed;
      if (changed) await tell(push, { name: "put", before, after, members });
      return pushed;
    },
    patch: async (push, id, ...rest) => {
      const before = await rowOf(push, id);
      const pushed = await endpoint.patch(push, id, ...rest);
      const { changed, result: after, members } = pushed;
      if (changed) await tell(push, { name: "patch", before, after, members });
      return pushed;
    },
    delete: async (push, id, precondition) => {
      const before = await rowOf(push, id);
      const pushed = await endpoint.delete(push, id, precondition);
      await tell(push, { name: "delete", before, after: null, members: undefined });
      return pushed;
    },
  };
}

interface RowWrite<Row> {
  readonly name: ResourceWrite["name"];
  readonly before: Row | null;
  readonly after: Row | null;
  readonly members: MemberMoves | undefined;
}

interface Telling<Row extends { readonly id: string }> {
  readonly push: Push;
  readonly endpoint: Endpoint<Row>;
  readonly policy: EventPolicy;
}

async function recordWrite<Row extends { readonly id: string }>(
  telling: Telling<Row>,
  write: RowWrite<Row>,
): Promise<void> {
  const { push, endpoint, policy } = telling;
  const row = write.after ?? write.before;
  const events = writeEvents(await describeWrite(telling, write), policy.mode);
  if (row === null || Object.keys(events).length === 0) return;
  const data: EventContent = { txn: push.txn, sub_id: subjectId(endpoint, row), events };
  await push.unit.emit({ tenantId: push.connection.tenant.id, type: SECURITY_EVENT, data });
}

const NOBODY: MemberMoves = { added: [], removed: [] };

async function describeWrite<Row extends { readonly id: string }>(
  telling: Telling<Row>,
  { name, before, after, members = NOBODY }: RowWrite<Row>,
): Promise<ResourceWrite> {
  const { push, endpoint, policy } = telling;
  // A PATCH is told as one, without the members that stay.
  const toldWhole = policy.mode === "full" && name !== "patch";
  return {
    name,
    before: before === null ? undefined : sideOf(telling, endpoint.render(before)),
    after: after === null ? undefined : sideOf(telling, endpoint.render(after)),
    members,
    version: after === null ? undefined : etagOf(endpoint.render(after).version),
    whole: after !== null && toldWhole ? shown(telling, await endpoint.renderWhole(push.unit.tx, after)) : undefined,
  };
}

function sideOf<Row extends { readonly id: string }>(telling: Telling<Row>, resource: Resource): Side {
  const { push, endpoint, policy } = telling;
  const { schemas: _schemas, id: _id, meta: _meta, ...attributes } = shown(telling, resource);
  const subject = {
    tenant: push.connection.tenant.id,
    type: endpoint.type.name,
    resource: viewResource(resource.attributes),
  };
  return { attributes, included: policy.includes(subject) };
}

/** What an answer would show: nothing that is returned on request only, or never. */
function shown<Row extends { readonly id: string }>({ push, endpoint }: Telling<Row>, resource: Resource): Attributes {
  const { type } = endpoint;
  const baseUrl = scimBaseUrl(push.unit.context.url, push.connection.root.connectionId);
  return projectResource(renderResource(resource, type, baseUrl), selectAttributes({}, type), type);
}

/** RFC 9967 §2.1. */
function subjectId<Row extends { readonly id: string }>({ type, render }: Endpoint<Row>, row: Row): SubjectId {
  const { externalId } = render(row).attributes;
  const uri = locationOf(row, type, "");
  return { format: "scim", uri, ...(typeof externalId === "string" ? { externalId } : {}) };
}
