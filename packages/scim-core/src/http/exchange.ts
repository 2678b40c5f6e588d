/**
 * What an action is given, and what a path offers.
 *
 * @module
 */
import type { RequestContext } from "../backend.ts";
import type { ResourceType } from "../schema.ts";
import type { ScimDomain, ScimLimits } from "./handler.ts";

/** One authenticated request, or one operation of a bulk request. Its body is still unread. */
export interface Exchange {
  /** A header by its name in lower case. */
  readonly header: (name: string) => string | null;
  /**
   * The body, of which nothing is known but that it is JSON within the limits.
   *
   * @param maxBytes the limit for any request when absent
   */
  readonly readBody: (maxBytes?: number) => Promise<unknown>;
  /** Tells the host of a fault on this side. */
  readonly report: (error: unknown) => void;
  /** The query string; unknown parameters are nobody's business. */
  readonly params: URLSearchParams;
  readonly domain: ScimDomain;
  readonly context: RequestContext;
  readonly limits: ScimLimits;
  readonly resourceTypes: readonly ResourceType[];
  readonly clock: () => Date;
}

export type Action = (exchange: Exchange) => Promise<Response>;

/** HEAD is answered as GET without its body. */
export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** The methods that a path takes. */
export type Route = Readonly<Partial<Record<Method, Action>>>;
