/**
 * From a `Request` to one typed call of a backend, and back. The order is fixed: authenticate, bound, parse once, act,
 * answer; errors take the same door.
 *
 * @module
 */
import type { RequestContext, ScimBackend } from "../backend.ts";
import type { ResourceType } from "../schema.ts";
import type { AsyncRequests } from "./async-requests.ts";

/** What a valid credential opens: one provisioning domain. */
export interface ScimDomain {
  readonly backend: ScimBackend;
  /** Absolute, without a trailing slash: the base of `Location`, `meta.location` and `$ref`. */
  readonly baseUrl: string;
  /** PATCH `replace` on an unmatched value filter creates the element instead of answering `noTarget`. */
  readonly replaceCreatesMissing?: boolean | undefined;
  /**
   * Answers what seals the cursors of this domain, and of no other: the same in every process and after a restart, with
   * 32 random bytes in it. Lists are walked by cursor (RFC 9865) where it is given; the backend then takes `Query.after`.
   */
  readonly cursorSecret?: (() => Promise<string>) | undefined;
  /** Takes writes whose client does not wait (RFC 9967 §2.5.1). Without it each is answered when it is done. */
  readonly asyncRequests?: AsyncRequests | undefined;
  /** The security events that are delivered to receivers (RFC 9967 §4); undefined when there are none. */
  readonly securityEventUris?: readonly string[] | undefined;
}

/** Budgets; a request beyond one gets the right SCIM error before the work is done. */
export interface ScimLimits {
  /** Bytes of a request body; 10 MiB by default. */
  readonly bodyBytes: number;
  /** Operations of one PATCH; 1000 by default. */
  readonly patchOperations: number;
  /** Operations of one bulk request; 1000 by default. */
  readonly bulkOperations: number;
  /** Bytes of a bulk request, at most `bodyBytes`; 1 MiB by default. */
  readonly bulkBytes: number;
  /** Bytes of a filter; 8 KiB by default. */
  readonly filterBytes: number;
  /** Resources of one page; larger counts are clamped. 1000 by default. */
  readonly maxResults: number;
  /** Resources of a page when the client asks for no number; 100 by default. */
  readonly defaultResults: number;
  /**
   * Resources that one query may look at one by one, when no index answers its filter or its order; 100 000 by default.
   * A list that takes more is refused with `tooMany`; a walk by cursor goes on from there instead.
   */
  readonly scannedResources: number;
  /** Seconds from one page of a walk by cursor to the next; 3600 by default. */
  readonly cursorSeconds: number;
  /** Nesting of a JSON body; 32 by default. */
  readonly jsonDepth: number;
}

export interface ScimHandlerOptions {
  readonly resourceTypes: readonly ResourceType[];
  /**
   * Checks a bearer token and answers what it opens, or undefined. Called before a byte of the body is read; must take
   * the same time for a wrong token as for an unknown one.
   *
   * @param token the credential of the Authorization header
   * @param mount the `mount` given to the handler, for example a connection id from the path
   */
  authenticate(token: string, mount: string, context: RequestContext): Promise<ScimDomain | undefined>;
  readonly limits?: Partial<ScimLimits> | undefined;
  /** Told of every error that becomes a 500 or 503, with the original error; never of secrets. */
  onError?(error: unknown, context: RequestContext): void;
  /** For tests and replays; the system's when absent. */
  readonly clock?: (() => Date) | undefined;
  /** Makes request ids when the client sends none. */
  readonly newRequestId?: (() => string) | undefined;
}

/**
 * @param request any request below the mount
 * @param path its path below the SCIM base URL, still percent-encoded: `/Users/123`
 * @param mount handed through to `authenticate`
 */
export type ScimHandler = (request: Request, path: string, mount: string) => Promise<Response>;
