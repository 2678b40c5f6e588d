import { type IdentityProviderPreset, PLAIN_ATTRIBUTE_NAMES } from "./preset.ts";

export const KEYCLOAK: IdentityProviderPreset = {
  kind: "keycloak",
  name: "Keycloak",
  listed: false,
  screen: "Clients > Create client, type SAML",
  labels: {
    entityId: "Client ID",
    acsUrl: "Valid redirect URIs, and Assertion Consumer Service POST Binding URL",
    metadataUrl: "Import client",
  },
  ownLabels: {
    ssoUrl: "SAML endpoint, /realms/{realm}/protocol/saml",
    entityId: "The address of the realm, /realms/{realm}",
    certificate: "Realm settings > Keys > RS256 > Certificate",
    metadata: "Realm settings > General > SAML 2.0 Identity Provider Metadata",
  },
  metadata: "address",
  attributeNames: PLAIN_ATTRIBUTE_NAMES,
  nameId: { default: "username", advice: "Keep username, and switch Force name ID format on." },
  signs: "response",
  whereToChange: {
    attributes: "Client scopes > the dedicated scope > Add mapper > User Property",
    certificate: "Realm settings > Keys > Providers",
    signing: "Settings > Sign documents, Sign assertions",
  },
  quirks: [
    "Switch Client signature required off under Keys unless requests are signed.",
    "Add mappers for email and for the name with the SAML attribute names that stand here.",
    "Leave Sign documents on: without it sign-outs are not signed, and are refused.",
    "A failed sign-in is answered with a signed response of another status, which is refused as such.",
  ],
};
