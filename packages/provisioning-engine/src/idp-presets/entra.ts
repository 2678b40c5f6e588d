import type { IdentityProviderPreset } from "./preset.ts";

export const ENTRA: IdentityProviderPreset = {
  kind: "entra",
  name: "Microsoft Entra ID",
  listed: true,
  screen: "Enterprise applications > your application > Single sign-on > SAML",
  labels: {
    entityId: "Identifier (Entity ID)",
    acsUrl: "Reply URL (Assertion Consumer Service URL)",
    signInUrl: "Sign on URL",
    metadataUrl: "Upload metadata file",
  },
  ownLabels: {
    ssoUrl: "Login URL",
    entityId: "Microsoft Entra Identifier",
    certificate: "Certificate (Base64)",
    metadata: "App Federation Metadata Url",
  },
  metadata: "address",
  attributeNames: {
    email: "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
    name: "http://schemas.microsoft.com/identity/claims/displayname",
  },
  nameId: {
    default: "user.userprincipalname",
    advice: "Keep the user principal name if SCIM sends it as userName; otherwise choose user.mail or user.objectid.",
  },
  signs: "assertion",
  whereToChange: {
    attributes: "Attributes & Claims > Edit",
    certificate: "SAML Certificates > Token signing certificate > Edit",
    signing: "SAML Certificates > Token signing certificate > Edit > Signing Option",
  },
  quirks: [
    "The user principal name of a guest contains #EXT# and is no e-mail address.",
    "With a Sign on URL set, the tile in My Apps begins here; without one it sends an unsolicited response.",
    "The claim emailaddress is empty for people without a mailbox: map it to user.userprincipalname for them.",
    "Above 150 groups, Entra sends a link instead of the groups.",
    "A new certificate signs only after somebody makes it active; both can be added here before that.",
  ],
};
