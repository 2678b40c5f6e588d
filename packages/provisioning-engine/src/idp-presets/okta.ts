import { type IdentityProviderPreset, PLAIN_ATTRIBUTE_NAMES } from "./preset.ts";

export const OKTA: IdentityProviderPreset = {
  kind: "okta",
  name: "Okta",
  listed: true,
  screen: "Applications > your application > General > SAML Settings > Edit",
  labels: {
    acsUrl: "Single sign-on URL",
    entityId: "Audience URI (SP Entity ID)",
  },
  ownLabels: {
    ssoUrl: "Sign on URL",
    entityId: "Issuer",
    certificate: "Signing Certificate",
    metadata: "Metadata URL",
  },
  metadata: "address",
  attributeNames: PLAIN_ATTRIBUTE_NAMES,
  nameId: {
    default: "Okta username, format Unspecified",
    advice: "Keep the Okta username: SCIM sends the same as userName.",
  },
  signs: "both",
  whereToChange: {
    attributes: "General > SAML Settings > Attribute Statements",
    certificate: "Sign On > SAML Signing Certificates",
    signing: "General > SAML Settings > Show Advanced Settings > Response and Assertion Signature",
  },
  quirks: [
    "Leave Use this for Recipient URL and Destination URL checked.",
    "Attribute names are the ones that you type; their Name format is Unspecified.",
    "Activating a new certificate stops sign-in until it is added here: add it first.",
    "The tile of the application sends an unsolicited response; Default RelayState may name a path to begin at.",
  ],
};
