/**
 * What a host tells about security events, and what it is given of each (RFC 9967, RFC 8417).
 *
 * @module
 */
import type { KeyObject } from "node:crypto";
import type { ResourceView } from "@muster/scim-core";
import type { TenantId } from "../ports/index.ts";
import type { EventMode } from "./event-uris.ts";

/** Writes of a directory, told to others as signed tokens. */
export interface SecurityEventOptions {
  /** `iss`; the option `url` when absent. */
  readonly issuer?: string | undefined;
  /** `aud`: who receives the events of a tenant; `audience(tenant)` where that differs. */
  readonly audience: string | readonly string[] | ((tenant: TenantId) => string | readonly string[]);
  readonly signingKey: {
    /** A private key: Ed25519 (signs EdDSA), EC P-256 or P-384 (ES256, ES384), RSA of 2048 bits or more (RS256). */
    readonly key: KeyObject;
    /** `kid`, by which a receiver finds the public key. */
    readonly keyId?: string | undefined;
  };
  /** `notice` (when absent) tells which attributes changed, `full` also their values. */
  readonly mode?: EventMode | undefined;
  /** Which resources the receivers hear of; all when absent. Must say the same of the same attributes. */
  readonly includes?: ((subject: EventSubject) => boolean) | undefined;
  /** `request` lets a client prefer not to wait for its writes (`Prefer: respond-async`); `none` when absent. */
  readonly asyncRequest?: "none" | "request" | undefined;
  /**
   * Brings an event to its receivers. Called after the commit, for each tenant in order, the next one when this one has
   * settled; called again with the same event, later, when it rejects.
   */
  deliver(event: SecurityEvent): void | Promise<void>;
}

/** What of the options decides about the rows of the feed. */
export interface EventPolicy {
  readonly mode: EventMode;
  includes(subject: EventSubject): boolean;
}

/** A resource that a receiver may hear of. */
export interface EventSubject {
  readonly tenant: TenantId;
  /** Name of its resource type, such as `User`. */
  readonly type: string;
  readonly resource: ResourceView;
}

/** One event on its way. */
export interface SecurityEvent {
  /** `jti`: unique and stable. */
  readonly id: string;
  readonly tenant: TenantId;
  /** The signed token, media type `application/secevent+jwt`. */
  readonly token: string;
  /** What is in the token. */
  readonly claims: SecurityEventClaims;
}

/** RFC 8417 §2.2, RFC 9967 §2.1 and §2.2. */
export interface SecurityEventClaims extends EventContent {
  readonly iss: string;
  readonly aud: string | readonly string[];
  /** Seconds; when the token was made. */
  readonly iat: number;
  readonly jti: string;
  /** Seconds; when it happened. */
  readonly toe: number;
}

/** What happened, without who tells it to whom: a row of the change feed. */
export interface EventContent {
  /** The same in all events of one write, and in `Set-Txn`. */
  readonly txn: string;
  readonly sub_id: SubjectId;
  /** By event URI; several arise from one change of one resource. */
  readonly events: Readonly<Record<string, object>>;
}

export interface SubjectId {
  readonly format: "scim";
  /** Path below the base URL of the connection, such as `/Users/42`. */
  readonly uri: string;
  readonly externalId?: string;
}
