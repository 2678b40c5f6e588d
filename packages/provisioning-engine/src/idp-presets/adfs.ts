import type { IdentityProviderPreset } from "./preset.ts";

export const ADFS: IdentityProviderPreset = {
  kind: "adfs",
  name: "AD FS",
  listed: true,
  screen: "AD FS Management > Relying Party Trusts > Add Relying Party Trust",
  labels: {
    entityId: "Relying party trust identifier",
    acsUrl: "Relying party SAML 2.0 SSO service URL",
    metadataUrl: "Federation metadata address (host name or URL)",
  },
  ownLabels: {
    ssoUrl: "SAML 2.0/WS-Federation endpoint, /adfs/ls/",
    entityId: "Federation Service identifier",
    certificate: "Service > Certificates > Token-signing",
    metadata: "/FederationMetadata/2007-06/FederationMetadata.xml",
  },
  metadata: "address",
  attributeNames: {
    email: "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
    name: "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name",
  },
  nameId: {
    default: "none",
    advice: "Add a claim rule that transforms E-Mail Address or UPN into Name ID: without one no NameID is sent.",
  },
  signs: "assertion",
  whereToChange: {
    attributes: "Edit Claim Issuance Policy",
    certificate: "Service > Certificates",
    signing: "Set-AdfsRelyingPartyTrust -SamlResponseSignature",
  },
  quirks: [
    "A rule Send LDAP Attributes as Claims must send E-Mail-Addresses as E-Mail Address and Display-Name as Name.",
    "Certificates renew by themselves: a new one appears 20 days before the end and signs 5 days later.",
    "NotBeforeSkew is 0: let the clocks of both sides agree, or set it to 1.",
    "Set the secure hash algorithm to SHA-256 under Properties > Advanced.",
  ],
};
