import { type IdentityProviderPreset, PLAIN_ATTRIBUTE_NAMES } from "./preset.ts";

export const ONELOGIN: IdentityProviderPreset = {
  kind: "onelogin",
  name: "OneLogin",
  listed: true,
  screen: "Applications > your application > Configuration (SAML Custom Connector)",
  labels: {
    entityId: "Audience (EntityID)",
    acsUrl: "ACS (Consumer) URL",
    signInUrl: "Login URL",
  },
  ownLabels: {
    ssoUrl: "SAML 2.0 Endpoint (HTTP)",
    entityId: "Issuer URL",
    certificate: "X.509 Certificate",
    metadata: "More Actions > SAML Metadata",
  },
  metadata: "address",
  attributeNames: PLAIN_ATTRIBUTE_NAMES,
  nameId: { default: "Email", advice: "Keep Email, or choose the value that SCIM sends as userName." },
  signs: "either",
  whereToChange: {
    attributes: "Parameters, with Include in SAML assertion checked",
    certificate: "SSO > X.509 Certificate > Change",
    signing: "Configuration > SAML signature element",
  },
  quirks: [
    "ACS (Consumer) URL Validator is a regular expression: escape the dots of the callback path, anchor it with ^ and $.",
    "Choose SHA-256 as SAML Signature Algorithm under SSO: older applications still sign with SHA-1, which is refused.",
    "Recipient takes the callback path too.",
    "SAML initiator decides whether the tile begins here or sends an unsolicited response.",
  ],
};
