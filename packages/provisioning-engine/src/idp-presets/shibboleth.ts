import type { IdentityProviderPreset } from "./preset.ts";

export const SHIBBOLETH: IdentityProviderPreset = {
  kind: "shibboleth",
  name: "Shibboleth",
  listed: false,
  screen: "conf/metadata-providers.xml and conf/relying-party.xml of the identity provider",
  labels: {
    metadataUrl: "metadataURL of a MetadataProvider",
    entityId: "entityID",
    acsUrl: "AssertionConsumerService",
  },
  ownLabels: {
    ssoUrl: "/idp/profile/SAML2/Redirect/SSO",
    entityId: "idp.entityID in conf/idp.properties",
    certificate: "credentials/idp-signing.crt",
    metadata: "/idp/shibboleth",
  },
  metadata: "address",
  attributeNames: {
    email: "urn:oid:0.9.2342.19200300.100.1.3",
    name: "urn:oid:2.16.840.1.113730.3.1.241",
  },
  nameId: {
    default: "transient",
    advice: "Release a persistent or e-mail NameID for this service: a transient one is another at each sign-in.",
  },
  signs: "response",
  whereToChange: {
    attributes: "conf/attribute-filter.xml",
    certificate: "conf/credentials.xml",
    signing: "signAssertions and signResponses in conf/relying-party.xml",
  },
  quirks: [
    "Attributes are named by their OID: mail and displayName are the ones that stand here.",
    "Assertions are encrypted whenever our metadata has a certificate for it.",
    "Without such a certificate no assertion is sent at all, unless idp.encryption.optional is true.",
  ],
};
