/**
 * What the backend needs of a resource type: the same shape for Users, Groups, and the host's own.
 *
 * @module
 */
import type {
  Attributes,
  Filter,
  FilterPlan,
  Patch,
  PatchedResource,
  Precondition,
  Resource,
  ResourceType,
} from "@muster/scim-core";
import type { ConnectionId, DirectoryLookup, DirectoryQuery, SyncSubject, Transaction } from "../ports/index.ts";
import type { Push, Pushed } from "../sync/push.ts";

/** Resources as rows of a store. */
export interface Collection<Row extends { readonly id: string }> {
  readonly type: ResourceType;
  /** The attribute that is kept in a table of its own: loaded only when a filter or an answer looks at it. */
  readonly derived: string | undefined;
  /** What of a filter the store answers from an index. */
  pushDown(filter: Filter): PushedLookups;
  get(tx: Transaction, connectionId: ConnectionId, id: string): Promise<Row | null>;
  find(tx: Transaction, query: DirectoryQuery): Promise<readonly Row[]>;
  count(tx: Transaction, connectionId: ConnectionId, lookups: readonly DirectoryLookup[]): Promise<number>;
  /** Without the derived attribute. */
  render(row: Row): Resource;
  renderWhole(tx: Transaction, row: Row): Promise<Resource>;
}

/** Look-ups that hold for every match of a filter, and what they cost and leave, as in a `FilterPlan`. */
export interface PushedLookups extends Pick<FilterPlan, "residual" | "cost"> {
  readonly lookups: readonly DirectoryLookup[];
}

export interface Subjects<Row> {
  readonly type: SyncSubject["type"];
  of(row: Row): SyncSubject;
}

export interface Endpoint<Row extends { readonly id: string }> extends Collection<Row> {
  /** Whom the sync log and the failures name; undefined where writes are listed in neither. */
  readonly subjects: Subjects<Row> | undefined;
  create(push: Push, attributes: Attributes): Promise<Pushed<Row>>;
  replace(push: Push, id: string, attributes: Attributes, precondition: Precondition | undefined): Promise<Pushed<Row>>;
  patch(push: Push, id: string, patch: Patch, precondition: Precondition | undefined): Promise<Pushed<Row>>;
  /** The answer to a PATCH that asked for nothing in particular, where the whole resource may be costly to load. */
  renderPatched?(tx: Transaction, row: Row): Promise<PatchedResource>;
  delete(push: Push, id: string, precondition: Precondition | undefined): Promise<Pushed<undefined>>;
}
