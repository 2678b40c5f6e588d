/**
 * The port between the protocol and whoever keeps the resources.
 *
 * `scim-core/http` authenticates a request, parses it once, and calls exactly one of these methods with typed,
 * schema-checked values. A backend never sees JSON, header names or letter case. It is bound to one
 * provisioning domain (RFC 7643 §3.1): the credential decided which.
 *
 * @module
 */
import type { ScimError } from "./errors.ts";
import type { Filter } from "./filter-tree.ts";
import type { Patch } from "./patch.ts";
import type { Precondition } from "./precondition.ts";
import type { AttributeSelection } from "./projection.ts";
import type { ResourceType } from "./schema.ts";
import type { Resource } from "./stored-resource.ts";
import type { Attributes } from "./value.ts";

export type { Precondition } from "./precondition.ts";
export type { Resource } from "./stored-resource.ts";

export interface Query {
  readonly filter?: Filter;
  /** Canonical attribute path, and the direction (RFC 7644 §3.4.2.3). */
  readonly sort?: { readonly by: string; readonly descending: boolean };
  /** 1-based, already clamped. */
  readonly startIndex: number;
  /** Already clamped to the configured maximum; 0 asks for the total only. */
  readonly count: number;
  /**
   * Set when the client walks by cursor (RFC 9865) instead of by index, and `startIndex` says nothing then: the `next` of
   * the page before, or empty for the first page.
   */
  readonly after?: string;
  /** How many resources the backend may look at one by one; a query that takes more is refused with `tooMany`. */
  readonly scannedResources: number;
  /** What the answer will contain, so that a backend need not load what nobody asked for (members above all). */
  readonly selection: AttributeSelection;
}

export interface QueryResult {
  /** Only a walk may leave it out, where counting would take looking at what is not on the page. */
  readonly totalResults?: number;
  readonly resources: readonly Resource[];
  /**
   * Of a walk that is not at its end: where it goes on, in words of the backend's own. It names a place in the order, not
   * a number of resources, so that nobody is lost when others come and go. A page may be short, or empty, and go on.
   */
  readonly next?: string;
}

/** A resource after a PATCH. */
export interface PatchedResource extends Resource {
  /** True when it came without what is costly to load: 204 is answered instead of it. */
  readonly brief?: boolean;
}

/** Facts about the request that a backend records; never secrets. */
export interface RequestContext {
  readonly requestId: string;
  readonly userAgent?: string;
  /**
   * Names in the body under a registered extension that has no such attribute: near misses that an admin should hear of.
   */
  readonly unknownNames?: readonly string[];
  /** The transaction that the client was told to look for (RFC 9967 §3); absent when it waits for the answer. */
  readonly txn?: string;
}

/** A write whose body does not fit the schema. */
export interface RefusedWrite {
  readonly operation: "create" | "replace" | "patch";
  /** Undefined for a resource that was to be created. */
  readonly id: string | undefined;
  /** The `userName` or `displayName` in the body, as far as it is text: whom the client meant. */
  readonly name: string | undefined;
  /** What the client is answered. */
  readonly error: ScimError;
}

/**
 * One method per section of RFC 7644 §3.3 to §3.6. Failures are thrown as `ScimError`; anything else becomes a 500
 * without details.
 */
export interface ScimBackend {
  /** RFC 7644 §3.3. Throws `uniqueness` when a unique value is taken. */
  create(type: ResourceType, attributes: Attributes, context: RequestContext): Promise<Resource>;
  /** RFC 7644 §3.4.1. Throws `notFound`. */
  get(type: ResourceType, id: string, selection: AttributeSelection, context: RequestContext): Promise<Resource>;
  /** RFC 7644 §3.4.2. */
  query(type: ResourceType, query: Query, context: RequestContext): Promise<QueryResult>;
  /** RFC 7644 §3.5.1. `attributes` is the whole new state of everything a client may write. */
  replace(
    type: ResourceType,
    id: string,
    attributes: Attributes,
    precondition: Precondition | undefined,
    context: RequestContext,
  ): Promise<Resource>;
  /**
   * RFC 7644 §3.5.2. The backend loads the resource in its transaction and calls `patch.apply(attributes)`, which is
   * pure, and takes `patch.membership` as deltas; a patch that changes nothing writes nothing.
   * `selection` is undefined when the client said nothing about attributes: the whole resource is the answer then,
   * unless it would be costly to load (`brief`).
   */
  patch(
    type: ResourceType,
    id: string,
    patch: Patch,
    precondition: Precondition | undefined,
    selection: AttributeSelection | undefined,
    context: RequestContext,
  ): Promise<PatchedResource>;
  /** RFC 7644 §3.6. Throws `notFound`. */
  delete(
    type: ResourceType,
    id: string,
    precondition: Precondition | undefined,
    context: RequestContext,
  ): Promise<void>;
  /**
   * Told of a write that was refused while its body was read, and that none of the methods above heard of. For backends
   * that list what failed; must not throw.
   */
  refused?(type: ResourceType, write: RefusedWrite, context: RequestContext): Promise<void>;
}
