/**
 * Our own side: `validateResponse` with stores that remember nothing, so that one response can be used again and again.
 *
 * @module
 */
import { createKeyCache, type SignedClaims, type ValidateResponseOptions, validateResponse } from "@muster/saml-sp";
import { IDP_ENTITY_ID, NOW, REQUEST_ID, SERVICE_PROVIDER, SSO_URL } from "./login.ts";
import type { Validator } from "./validator.ts";

const REQUEST = {
  id: REQUEST_ID,
  relayState: "handle",
  returnTo: undefined,
  issuedAt: NOW.toISOString(),
  forceAuthn: false,
};

export function ourValidator(certificates: readonly string[]): Validator<SignedClaims> {
  const options: ValidateResponseOptions = {
    serviceProvider: SERVICE_PROVIDER,
    identityProvider: { entityId: IDP_ENTITY_ID, ssoUrl: SSO_URL, ssoBinding: "redirect", certificates },
    requestStore: {
      put: async () => {},
      take: async (id) => (id === REQUEST_ID ? REQUEST : undefined),
    },
    replayStore: { putIfAbsent: async () => true },
    allowIdpInitiated: false,
    now: NOW,
    keyCache: createKeyCache(),
  };
  return {
    validate: (samlResponse) => validateResponse(samlResponse, options),
    claimsOf: ({ nameId, issuer, sessionIndex, attributes }) => ({
      nameId: nameId.value,
      issuer,
      sessionIndex,
      attributes: Object.fromEntries([...attributes].map(([name, values]) => [name, single(values)])),
    }),
  };
}

function single(values: readonly unknown[]): unknown {
  return values.length === 1 ? values[0] : values;
}
