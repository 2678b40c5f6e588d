/**
 * The two parties of every login here, and the responses that one sends to the other. Dated now, as the peers ask the
 * clock themselves, and good for longer than a run takes.
 *
 * @module
 */
import type { ServiceProviderSettings } from "@muster/saml-sp";
import { createTestIdentityProvider, type RespondOptions, TEST_KEY_PAIRS } from "@muster/saml-sp/testing";

export const SERVICE_PROVIDER: ServiceProviderSettings = {
  entityId: "https://app.example/saml/acme",
  acsUrl: "https://app.example/saml/acme/acs",
  decryptionKeys: [TEST_KEY_PAIRS.serviceProvider],
};

export const NOW: Date = new Date();

export const REQUEST_ID = "_4fee3b046395c4e751011e97f8900b5273d56685";

const HOUR_MS = 3_600_000;

const identityProvider = createTestIdentityProvider({
  entityId: "https://sts.example/4c2f9d6e-0f36-4c5e-9b0f-3f1f4a1f7a11/",
  ssoUrl: "https://sts.example/4c2f9d6e-0f36-4c5e-9b0f-3f1f4a1f7a11/saml2",
  clock: () => NOW,
});

export const IDP_ENTITY_ID: string = identityProvider.settings.entityId;
export const SSO_URL: string = identityProvider.settings.ssoUrl;

/** Three certificates as in a rollover, of which the last is the one that matches. */
export const CERTIFICATES: Readonly<Record<"one" | "three", readonly string[]>> = {
  one: [TEST_KEY_PAIRS.identityProvider.certificate],
  three: [TEST_KEY_PAIRS.stranger, TEST_KEY_PAIRS.expired, TEST_KEY_PAIRS.identityProvider].map(
    ({ certificate }) => certificate,
  ),
};

type Said = NonNullable<RespondOptions["attributes"]>;

/**
 * @param attributes what is said about the person
 * @param options what is signed, the assertion when absent, and what is encrypted
 * @returns the form field
 */
export function loginResponse(attributes: Said, options: Pick<RespondOptions, "sign" | "encrypt"> = {}): string {
  const { samlResponse } = identityProvider.respond({
    serviceProvider: SERVICE_PROVIDER,
    nameId: "ada.lovelace@acme.example",
    nameIdFormat: "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
    inResponseTo: REQUEST_ID,
    notOnOrAfter: new Date(NOW.getTime() + HOUR_MS),
    attributes,
    ...options,
  });
  return selfClosed(samlResponse);
}

/** Identity providers write elements without content as one tag, which the test identity provider never does. */
function selfClosed(samlResponse: string): string {
  const xml = Buffer.from(samlResponse, "base64").toString();
  return Buffer.from(xml.replace(/<([^\s<>/]+)([^<>]*)><\/\1>/g, "<$1$2/>")).toString("base64");
}

const CLAIMS = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims";
const MICROSOFT = "http://schemas.microsoft.com";

/** What a large identity provider says about a person unless told otherwise, and a few groups: 6 KB in all. */
export const PERSON: Said = {
  [`${MICROSOFT}/identity/claims/tenantid`]: "4c2f9d6e-0f36-4c5e-9b0f-3f1f4a1f7a11",
  [`${MICROSOFT}/identity/claims/objectidentifier`]: "9d3b5c1e-7a53-4a2e-8f0c-6c2f7f4bb1d2",
  [`${MICROSOFT}/identity/claims/displayname`]: "Ada Lovelace",
  [`${MICROSOFT}/identity/claims/identityprovider`]: "https://sts.example/4c2f9d6e-0f36-4c5e-9b0f-3f1f4a1f7a11/",
  [`${MICROSOFT}/claims/authnmethodsreferences`]: `${MICROSOFT}/ws/2008/06/identity/authenticationmethod/password`,
  [`${CLAIMS}/givenname`]: "Ada",
  [`${CLAIMS}/surname`]: "Lovelace",
  [`${CLAIMS}/emailaddress`]: "ada.lovelace@acme.example",
  [`${CLAIMS}/name`]: "ada.lovelace@acme.example",
  [`${MICROSOFT}/ws/2008/06/identity/claims/groups`]: groups(3),
};

/** Identifiers of groups, which are what makes responses large. */
export function groups(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `2f1f64c1-6c2a-4f0e-9d7b-${String(index).padStart(12, "0")}`);
}
