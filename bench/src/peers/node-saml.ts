/**
 * The only place that talks to @node-saml/node-saml as a peer: it checks issuer, audience, times, the request and the
 * assertion's signature, as ours does.
 *
 * @module
 */
import { createRequire } from "node:module";
import { TEST_KEY_PAIRS } from "@muster/saml-sp/testing";
import { IDP_ENTITY_ID, NOW, REQUEST_ID, SERVICE_PROVIDER, SSO_URL } from "../saml/login.ts";
import type { Claims, Validator } from "../saml/validator.ts";

/** What is used of it. Its own types bring those of browsers along, which contradict Node's. */
interface NodeSaml {
  readonly SAML: new (
    options: object,
  ) => {
    validatePostResponseAsync(form: { readonly SAMLResponse: string }): Promise<{ readonly profile: Profile | null }>;
  };
}

interface Profile {
  readonly nameID: string;
  readonly issuer: string;
  readonly sessionIndex?: string;
  readonly attributes: Claims["attributes"];
}

const require = createRequire(import.meta.url);
const { SAML }: NodeSaml = require("@node-saml/node-saml");

export function nodeSamlValidator(certificates: readonly string[]): Validator<Profile> {
  const saml = new SAML({
    issuer: SERVICE_PROVIDER.entityId,
    audience: SERVICE_PROVIDER.entityId,
    callbackUrl: SERVICE_PROVIDER.acsUrl,
    entryPoint: SSO_URL,
    idpIssuer: IDP_ENTITY_ID,
    idpCert: [...certificates],
    decryptionPvk: TEST_KEY_PAIRS.serviceProvider.privateKey,
    wantAssertionsSigned: true,
    wantAuthnResponseSigned: false,
    validateInResponseTo: "always",
    cacheProvider: {
      saveAsync: async () => null,
      getAsync: async (id: string) => (id === REQUEST_ID ? NOW.toISOString() : null),
      removeAsync: async () => null,
    },
  });
  return {
    validate: async (samlResponse) => {
      const { profile } = await saml.validatePostResponseAsync({ SAMLResponse: samlResponse });
      if (profile === null) throw new Error("node-saml reported nobody.");
      return profile;
    },
    claimsOf: ({ nameID, issuer, sessionIndex, attributes }) => ({
      nameId: nameID,
      issuer,
      sessionIndex,
      attributes,
    }),
  };
}
