/**
 * The security events of one engine, put together from its options: what is recorded, what is delivered, what is offered
 * to clients.
 *
 * @module
 */
import type { ScimDomain } from "@muster/scim-core/http";
import type { EngineContext } from "../context.ts";
import type { Clock } from "../ports/index.ts";
import type { FeedReader } from "../sync/change-feed.ts";
import type { DirectoryConnection } from "../sync/push.ts";
import type { RequestQueue } from "../sync/request-queue.ts";
import { asyncRequests } from "./async-requests.ts";
import { deliverEvents } from "./deliver-events.ts";
import { createEventIssuer } from "./event-issuer.ts";
import { eventUris } from "./event-uris.ts";
import type { EventPolicy, SecurityEventOptions } from "./security-event.ts";

export interface EventStream {
  readonly policy: EventPolicy;
  readonly reader: FeedReader;
  /** What a connection offers its clients. */
  offers(context: EngineContext, connection: DirectoryConnection): EventOffers;
}

type EventOffers = Pick<ScimDomain, "asyncRequests" | "securityEventUris">;

/** @param queue where requests wait that are put off */
export function createEventStream(
  options: SecurityEventOptions,
  { url, clock, queue }: { readonly url: string; readonly clock: Clock; readonly queue: RequestQueue },
): EventStream {
  const { mode = "notice", includes, asyncRequest = "none" } = options;
  const issuer = createEventIssuer(options, url, clock);
  const asynchronous = asyncRequest === "request";
  const uris = eventUris(mode, { selective: includes !== undefined, asynchronous });
  return {
    policy: { mode, includes: includes ?? (() => true) },
    reader: (context, tenantId) => deliverEvents(context, tenantId, issuer, (event) => options.deliver(event)),
    offers: (context, connection) => ({
      securityEventUris: uris,
      asyncRequests: asynchronous ? asyncRequests(context, connection, issuer, queue) : undefined,
    }),
  };
}
