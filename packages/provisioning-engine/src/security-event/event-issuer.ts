/**
 * Makes tokens of what happened: who tells it, to whom, signed (RFC 8417).
 *
 * @module
 */
import type { Clock, TenantId } from "../ports/index.ts";
import { type EventSigner, signSecurityEvent } from "../token/json-web-token.ts";
import type { EventContent, SecurityEvent, SecurityEventClaims, SecurityEventOptions } from "./security-event.ts";
import { signingAlgorithm } from "./signing-key.ts";

/** Something that happened, as a row of the feed has it. */
export interface Occurrence {
  readonly id: string;
  readonly tenantId: TenantId;
  /** RFC 3339. */
  readonly at: string;
  readonly content: EventContent;
}

export interface EventIssuer {
  /** The same occurrence has the same `jti` each time; a new token of it is younger, and otherwise the same. */
  issue(occurrence: Occurrence): Promise<SecurityEvent>;
}

/** @param url of the engine, the issuer when the options name none */
export function createEventIssuer(options: SecurityEventOptions, url: string, clock: Clock): EventIssuer {
  const { issuer = url, audience } = options;
  const signer = signerOf(options);
  return {
    issue: async ({ id, tenantId: tenant, at, content }) => {
      const claims: SecurityEventClaims = {
        iss: issuer,
        aud: typeof audience === "function" ? audience(tenant) : audience,
        iat: seconds(clock()),
        jti: id,
        toe: seconds(new Date(at)),
        ...content,
      };
      return { id, tenant, token: await signSecurityEvent(claims, signer), claims };
    },
  };
}

function signerOf({ signingKey }: SecurityEventOptions): EventSigner {
  const { key, keyId } = signingKey;
  const algorithm = signingAlgorithm(key);
  // The options were checked; a key cannot change.
  if (algorithm === undefined) throw new TypeError("The signing key of security events is not usable.");
  return { key, algorithm, keyId };
}

function seconds(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}
