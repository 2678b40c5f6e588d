import { type IdentityProviderPreset, PLAIN_ATTRIBUTE_NAMES } from "./preset.ts";

/** Every identity provider that speaks SAML 2.0 (R74); the words are those of the standard. */
export const OTHER: IdentityProviderPreset = {
  kind: "other",
  name: "Others",
  listed: true,
  screen: "The SAML 2.0 application of your identity provider",
  labels: {
    acsUrl: "Single Sign-On URL, also called Assertion Consumer Service or callback",
    entityId: "Entity ID of the service provider, also called audience",
    signInUrl: "Login page of the service provider",
    metadataUrl: "Metadata of the service provider",
  },
  ownLabels: {
    ssoUrl: "Single sign-on service",
    entityId: "Entity ID, also called issuer",
    certificate: "Signing certificate (X.509)",
    metadata: "Metadata",
  },
  metadata: "address",
  attributeNames: PLAIN_ATTRIBUTE_NAMES,
  nameId: { default: "depends", advice: "Send the e-mail address, or the user id that SCIM sends as userName." },
  signs: "either",
  whereToChange: {
    attributes: "Attribute mapping",
    certificate: "Signing certificate",
    signing: "Signature options",
  },
  quirks: ["SAML 2.0 only: older versions and WS-Federation are refused."],
};
