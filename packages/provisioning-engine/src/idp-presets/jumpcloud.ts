import { type IdentityProviderPreset, PLAIN_ATTRIBUTE_NAMES } from "./preset.ts";

export const JUMPCLOUD: IdentityProviderPreset = {
  kind: "jumpcloud",
  name: "JumpCloud",
  listed: false,
  screen: "SSO Applications > your application > SSO",
  labels: {
    entityId: "SP Entity ID",
    acsUrl: "ACS URLs",
    signInUrl: "Login URL",
    metadataUrl: "Service Provider Metadata",
  },
  ownLabels: {
    ssoUrl: "IDP URL",
    entityId: "IdP Entity ID",
    certificate: "IDP Certificate Valid",
    metadata: "Export Metadata",
  },
  metadata: "file",
  attributeNames: PLAIN_ATTRIBUTE_NAMES,
  nameId: { default: "email", advice: "Keep email." },
  signs: "assertion",
  whereToChange: {
    attributes: "SSO > Attributes > User Attribute Mapping",
    certificate: "IDP Certificate Valid > Regenerate certificate",
    signing: "SSO > Sign",
  },
  quirks: [
    "The IdP Entity ID is typed by you: type the same here, character by character.",
    "No attribute is sent unless it is mapped: add email, and displayname as name.",
  ],
};
