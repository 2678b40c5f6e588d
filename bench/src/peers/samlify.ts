/**
 * The only place that talks to samlify as a peer. Its schema validator, a program of its own, is left out.
 *
 * @module
 */
import { createRequire } from "node:module";
import { CERTIFICATES, IDP_ENTITY_ID, SERVICE_PROVIDER, SSO_URL } from "../saml/login.ts";
import type { Claims, Validator } from "../saml/validator.ts";

/** What is used of it. Its own types bring those of browsers along, which contradict Node's. */
interface Samlify {
  readonly setSchemaValidator: (validator: { validate(xml: string): Promise<string> }) => void;
  readonly IdentityProvider: (settings: object) => object;
  readonly ServiceProvider: (settings: object) => {
    parseLoginResponse(from: object, binding: "post", request: object): Promise<{ readonly extract: Extract }>;
  };
}

interface Extract {
  readonly nameID: string;
  readonly issuer: string;
  readonly sessionIndex?: { readonly sessionIndex?: string };
  readonly attributes: Claims["attributes"];
}

const require = createRequire(import.meta.url);
const { IdentityProvider, ServiceProvider, setSchemaValidator }: Samlify = require("samlify");

const POST = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";
const REDIRECT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";

export function samlifyValidator(): Validator<Extract> {
  setSchemaValidator({ validate: async () => "left out" });
  const serviceProvider = ServiceProvider({
    entityID: SERVICE_PROVIDER.entityId,
    wantAssertionsSigned: true,
    assertionConsumerService: [{ Binding: POST, Location: SERVICE_PROVIDER.acsUrl }],
  });
  const identityProvider = IdentityProvider({
    entityID: IDP_ENTITY_ID,
    signingCert: [...CERTIFICATES.one],
    singleSignOnService: [{ Binding: REDIRECT, Location: SSO_URL }],
    // It complains on stdout without one.
    singleLogoutService: [{ Binding: REDIRECT, Location: SSO_URL }],
  });
  return {
    validate: async (samlResponse) => {
      const body = { SAMLResponse: samlResponse };
      const { extract } = await serviceProvider.parseLoginResponse(identityProvider, "post", { body });
      return extract;
    },
    claimsOf: ({ nameID, issuer, sessionIndex, attributes }) => ({
      nameId: nameID,
      issuer,
      sessionIndex: sessionIndex?.sessionIndex,
      attributes,
    }),
  };
}
