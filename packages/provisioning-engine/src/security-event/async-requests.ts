/**
 * Requests of one connection that are answered before they are done (RFC 9967 §2.5.1): what became of them is an event,
 * and can be asked for, by every process, until it is a day old.
 *
 * @module
 */
import type { AsyncCompletion, AsyncRequests } from "@muster/scim-core/http";
import type { EngineContext } from "../context.ts";
import { SECURITY_EVENT } from "../events.ts";
import type { DirectoryConnection } from "../sync/push.ts";
import type { RequestQueue } from "../sync/request-queue.ts";
import { runUseCase, type UseCase } from "../unit-of-work.ts";
import type { EventIssuer, Occurrence } from "./event-issuer.ts";
import { ASYNC_RESPONSE } from "./event-uris.ts";
import type { EventContent } from "./security-event.ts";

const PURPOSE = "async-response";
const KEPT_MS = 24 * 60 * 60_000;

export function asyncRequests(
  context: EngineContext,
  connection: DirectoryConnection,
  issuer: EventIssuer,
  queue: RequestQueue,
): AsyncRequests {
  const { tenantId, connectionId } = connection;
  return {
    enqueue: (bytes, work) => queue.enqueue(connectionId, bytes, work),
    complete: (completion) => recordCompletion(context, connection, completion),
    find: async (txn) => {
      const now = context.clock().toISOString();
      const kept = await context.store.transaction({ tenantId }, async ({ oneTime }) => {
        const taken = await oneTime.take(connectionId, PURPOSE, txn, now);
        if (taken === null) return undefined;
        // It may be asked for again.
        const occurrence = taken.value as Occurrence;
        await oneTime.put(connectionId, PURPOSE, txn, occurrence, expiryOf(occurrence.at), now);
        return occurrence;
      });
      return kept === undefined ? undefined : (await issuer.issue(kept)).token;
    },
  };
}

/** In one transaction: the row for the receivers, and what the client may ask for. */
function recordCompletion(
  context: EngineContext,
  { tenantId, connectionId }: DirectoryConnection,
  { txn, uri, operation }: AsyncCompletion,
): Promise<void> {
  const content: EventContent = { txn, sub_id: { format: "scim", uri }, events: { [ASYNC_RESPONSE]: operation } };
  const useCase: UseCase = { rootTenantId: tenantId, actor: { type: "connection", id: connectionId }, requestId: null };
  return runUseCase(context, useCase, async ({ tx, now, emit }) => {
    const id = await emit({ tenantId, type: SECURITY_EVENT, data: content });
    const occurrence: Occurrence = { id, tenantId, at: now, content };
    await tx.oneTime.sweep(now);
    await tx.oneTime.put(connectionId, PURPOSE, txn, occurrence, expiryOf(now), now);
  });
}

function expiryOf(at: string): string {
  return new Date(Date.parse(at) + KEPT_MS).toISOString();
}
