/**
 * What happened, in the words of the product. Every event is a row of the change feed, written in the transaction of
 * its change and delivered after the commit; a child tenant has its own events.
 *
 * @module
 */
import type { Account, GroupView } from "./admin/views.ts";
import type { Actor, IdentityProviderDifference, MetadataFailure, SyncFailureRecord, TenantId } from "./ports/index.ts";

/** Common to all events. `id` is unique and stable: de-duplicate by it. */
export interface EventBase<Type extends string> {
  readonly id: string;
  readonly type: Type;
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly tenant: TenantId;
  readonly actor: Actor;
}

/** One attribute that changed. */
export interface Change {
  readonly path: string;
  readonly from: unknown;
  readonly to: unknown;
}

interface AccountEvent<Type extends string> extends EventBase<Type> {
  /** The account as it is when the event is delivered. */
  readonly account: Account;
  readonly changes: readonly Change[];
}

interface GroupEvent<Type extends string> extends EventBase<Type> {
  readonly group: Pick<GroupView, "id" | "name">;
}

interface MembershipEvent<Type extends string> extends GroupEvent<Type> {
  /** Accounts added or removed. */
  readonly accountIds: readonly string[];
}

/** Event names and their payloads: the map behind `provisioning.on(name, listener)`. */
export interface ProvisioningEvents {
  "account.created": AccountEvent<"account.created">;
  "account.updated": AccountEvent<"account.updated">;
  /** The person was pushed again and re-linked to the retained profile. */
  "account.relinked": AccountEvent<"account.relinked">;
  "account.kind_changed": AccountEvent<"account.kind_changed">;
  /** Active became Inactive: end the person's sessions and keys now. */
  "account.deactivated": AccountEvent<"account.deactivated">;
  "account.reactivated": AccountEvent<"account.reactivated">;
  /** A waiting account got its seat. */
  "account.admitted": AccountEvent<"account.admitted">;
  "account.signed_in": AccountEvent<"account.signed_in">;
  /** The identity provider signed the person out everywhere: end the sessions of the sign-ins named, or all. */
  "account.signed_out": AccountEvent<"account.signed_out"> & {
    readonly reason: "identity_provider";
    /** As `establishSession` was told them; empty for all sessions of the person. */
    readonly sessionIndexes: readonly string[];
  };
  /** `managed` tells whether a directory had provisioned it: children showed those too. */
  "account.deleted": EventBase<"account.deleted"> & { readonly accountId: string; readonly managed: boolean };
  "group.created": GroupEvent<"group.created">;
  "group.updated": GroupEvent<"group.updated">;
  "group.deleted": GroupEvent<"group.deleted">;
  "group.members_added": MembershipEvent<"group.members_added">;
  "group.members_removed": MembershipEvent<"group.members_removed">;
  "sync.failed": EventBase<"sync.failed"> & { readonly failure: Omit<SyncFailureRecord, "retry"> };
  /**
   * The identity provider has changed its metadata. `applied`: the connection has taken it over; otherwise it waits for
   * an admin to save it.
   */
  "connection.metadata_changed": EventBase<"connection.metadata_changed"> & {
    readonly connection: { readonly id: string };
    readonly applied: boolean;
    readonly difference: IdentityProviderDifference;
  };
  /** The metadata of the identity provider cannot be read, or not be followed, since now. What is configured stays. */
  "connection.metadata_failed": EventBase<"connection.metadata_failed"> & {
    readonly connection: { readonly id: string };
    readonly failure: MetadataFailure;
  };
  /** A webhook gets nothing more: it answered that it is gone, or took nothing for days. */
  "webhook.disabled": EventBase<"webhook.disabled"> & {
    readonly webhook: { readonly id: string; readonly url: string; readonly reason: "gone" | "failing" };
  };
}

export type EventName = keyof ProvisioningEvents;

const NAMES: Readonly<Record<EventName, true>> = {
  "account.created": true,
  "account.updated": true,
  "account.relinked": true,
  "account.kind_changed": true,
  "account.deactivated": true,
  "account.reactivated": true,
  "account.admitted": true,
  "account.signed_in": true,
  "account.signed_out": true,
  "account.deleted": true,
  "group.created": true,
  "group.updated": true,
  "group.deleted": true,
  "group.members_added": true,
  "group.members_removed": true,
  "sync.failed": true,
  "connection.metadata_changed": true,
  "connection.metadata_failed": true,
  "webhook.disabled": true,
};

/** Every event, for exhaustive handling. */
export const EVENT_NAMES: readonly EventName[] = Object.keys(NAMES) as EventName[];

/** What happened next. Keep `cursor`, and ask again with it: at once while `hasMore`, later otherwise. */
export interface EventPage {
  readonly items: readonly ProvisioningEvents[EventName][];
  /** Behind the last event that was looked at; null while nothing has ever happened. */
  readonly cursor: string | null;
  readonly hasMore: boolean;
}

/** A row of the feed that listeners never see: it is delivered as a security event (`security-event/`). */
export const SECURITY_EVENT = "scim.security_event";
export type Listener<Name extends EventName> = (event: ProvisioningEvents[Name]) => void | Promise<void>;
