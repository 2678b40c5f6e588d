import { type IdentityProviderPreset, PLAIN_ATTRIBUTE_NAMES } from "./preset.ts";

export const GOOGLE: IdentityProviderPreset = {
  kind: "google",
  name: "Google Workspace",
  listed: true,
  screen: "Admin console > Apps > Web and mobile apps > your application > Service provider details",
  labels: {
    acsUrl: "ACS URL",
    entityId: "Entity ID",
  },
  ownLabels: {
    ssoUrl: "SSO URL",
    entityId: "Entity ID",
    certificate: "Certificate",
    metadata: "Download metadata",
  },
  metadata: "file",
  attributeNames: PLAIN_ATTRIBUTE_NAMES,
  nameId: {
    default: "Basic Information > Primary email",
    advice: "Choose the format EMAIL and keep Primary email.",
  },
  signs: "assertion",
  whereToChange: {
    attributes: "SAML attribute mapping",
    certificate: "Security > Authentication > SSO with SAML applications",
    signing: "Service provider details > Signed response",
  },
  quirks: [
    "There is no metadata address: download the file and upload it here.",
    "No attribute is sent unless it is mapped: map Primary email to email and, for the name, First name to name.",
    "Checking Signed response signs the response instead of the assertion; either is accepted here.",
    "The Start URL is sent as RelayState of an unsolicited response: leave it empty, or give a path of this service to begin at.",
    "There is no single logout.",
  ],
};
