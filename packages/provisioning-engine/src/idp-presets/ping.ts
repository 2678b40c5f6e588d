import { type IdentityProviderPreset, PLAIN_ATTRIBUTE_NAMES } from "./preset.ts";

export const PING: IdentityProviderPreset = {
  kind: "ping",
  name: "PingOne",
  listed: false,
  screen: "Applications > your application > Configuration > Edit",
  labels: { acsUrl: "ACS URLs", entityId: "Entity ID", metadataUrl: "Import From URL" },
  ownLabels: {
    ssoUrl: "Single Signon Service",
    entityId: "Issuer ID",
    certificate: "Signing Certificate",
    metadata: "IDP Metadata URL",
  },
  metadata: "address",
  attributeNames: PLAIN_ATTRIBUTE_NAMES,
  nameId: {
    default: "User ID",
    advice: "Map saml_subject to Username if SCIM sends it as userName, else to Email Address.",
  },
  signs: "either",
  whereToChange: {
    attributes: "Attribute Mappings",
    certificate: "Configuration > Signing Key",
    signing: "Configuration > Sign Assertion, Sign Response, or both",
  },
  quirks: [
    "The User ID is an opaque id: without another mapping of saml_subject it matches nobody's userName.",
    "Only saml_subject is mapped at first: add email and name.",
  ],
};
