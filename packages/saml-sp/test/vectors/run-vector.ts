import { isSamlError, type SamlError } from "../../src/errors.ts";
import { createKeyCache } from "../../src/key-cache.ts";
import type { OutstandingRequest } from "../../src/request-store.ts";
import { type SignedClaims, type ValidateResponseOptions, validateResponse } from "../../src/response.ts";
import { KEYS } from "./keys.ts";
import { IDP, NOW, REQUEST_ID, SP } from "./response-builder.ts";
import type { Base, Crafted, Flow } from "./vector.ts";

export const OUTSTANDING: OutstandingRequest = {
  id: REQUEST_ID,
  relayState: "handle",
  returnTo: "/docs",
  issuedAt: NOW.toISOString(),
  forceAuthn: false,
};

export type Policy = "assertion" | "response" | "both" | "either";

/** The policies that a base satisfies. */
export const SATISFIED: Readonly<Record<Base, readonly Policy[]>> = {
  AS: ["assertion", "either"],
  RS: ["response", "either"],
  BS: ["assertion", "response", "both", "either"],
};

const KEY_CACHE = createKeyCache();

/** The current key and the one before it. */
const DECRYPTION_KEYS = [KEYS.sp2, KEYS.sp1].map(({ privatePem, certificate }) => ({
  privateKey: privatePem,
  certificate,
}));

/** A connection whose stores say how often they were asked. */
export interface Connection extends ValidateResponseOptions {
  readonly storeCalls: () => number;
}

export function connection(flow: Flow, overrides: Partial<ValidateResponseOptions> = {}): Connection {
  const outstanding = new Map([[REQUEST_ID, OUTSTANDING]]);
  const used = new Set<string>();
  let calls = 0;
  return {
    serviceProvider: { ...SP, decryptionKeys: DECRYPTION_KEYS },
    keyCache: KEY_CACHE,
    identityProvider: settings(),
    allowIdpInitiated: flow === "idp-initiated",
    now: NOW,
    requestStore: {
      put: async (request) => void outstanding.set(request.id, request),
      take: async (id) => {
        calls += 1;
        const request = outstanding.get(id);
        outstanding.delete(id);
        return request;
      },
    },
    replayStore: {
      putIfAbsent: async (key) => {
        calls += 1;
        if (used.has(key)) return false;
        used.add(key);
        return true;
      },
    },
    storeCalls: () => calls,
    ...overrides,
  };
}

const CERTIFICATES: readonly string[] = [KEYS.idpA.certificate];

export function settings(
  overrides: Partial<ValidateResponseOptions["identityProvider"]> = {},
): ValidateResponseOptions["identityProvider"] {
  const defaults = { entityId: IDP, ssoUrl: "https://idp.example/sso", ssoBinding: "redirect" } as const;
  return { ...defaults, certificates: CERTIFICATES, ...overrides };
}

export function fieldOf(crafted: Crafted): string {
  if (typeof crafted === "object" && "field" in crafted) return crafted.field;
  return Buffer.from(crafted as string).toString("base64");
}

export type Outcome = { readonly claims: SignedClaims } | { readonly error: SamlError };

/** Invariant (c): whatever refuses does so with a typed error. */
export async function outcomeOf(crafted: Crafted, options: ValidateResponseOptions): Promise<Outcome> {
  try {
    return { claims: await validateResponse(fieldOf(crafted), options) };
  } catch (error) {
    if (isSamlError(error)) return { error };
    throw error;
  }
}
