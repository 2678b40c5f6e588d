/**
 * What every endpoint is given.
 *
 * @module
 */
import type { KeyCache } from "../key-cache.ts";
import type { SamlConnection } from "./handler.ts";

/** One request to one connection. */
export interface Exchange {
  readonly request: Request;
  /** All of it; empty when there is none. */
  readonly body: Uint8Array;
  readonly requestId: string;
  readonly connection: SamlConnection;
  /** When all of it was there. */
  readonly now: Date;
  /** Unguessable. */
  readonly newId: () => string;
  /** Told of a fault that the browser is not shown. */
  readonly onError: (error: unknown) => void;
  /** Of the handler: as old as that. */
  readonly keyCache: KeyCache;
}
