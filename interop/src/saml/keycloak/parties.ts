/**
 * A service and Keycloak, and how a check sets both sides to what it is about.
 *
 * @module
 */
import assert from "node:assert/strict";
import type { IdentityProviderSettings, SignedClaims } from "@muster/saml-sp";
import { type Browser, createBrowser, type Form } from "../browser.ts";
import type { SamlService, Terms } from "../service.ts";
import { expectSignIn } from "../tell.ts";
import { type Reached, reachResponse } from "./login.ts";
import { ADA, type KeycloakClient, type KeycloakRealm } from "./realm.ts";

export interface KeycloakParties {
  readonly service: SamlService;
  readonly realm: KeycloakRealm;
  /** The service, as Keycloak read it. */
  readonly client: KeycloakClient;
  /** Keycloak, as we read it. */
  readonly idp: IdentityProviderSettings;
}

/** Of a client, by the names of Keycloak. */
export type Attributes = Readonly<Record<string, string>>;

const PLAIN: Attributes = {
  "saml.client.signature": "true",
  "saml.assertion.signature": "true",
  "saml.server.signature": "false",
  "saml.signature.algorithm": "RSA_SHA256",
  "saml.encrypt": "false",
  // Keycloak's own choice.
  "saml.encryption.algorithm": "",
  "saml.encryption.keyAlgorithm": "",
};

/** Sets both sides; what is not given is as the client was imported. */
export async function agree(
  { service, realm, client, idp }: KeycloakParties,
  attributes: Attributes = {},
  settings: Partial<IdentityProviderSettings> = {},
  terms: Omit<Terms, "identityProvider"> = {},
): Promise<void> {
  await realm.configure(client, { ...PLAIN, ...attributes });
  service.set({ ...terms, identityProvider: { ...idp, ssoBinding: "redirect", ...settings } });
}

/** The response to a question of the service, not yet posted. */
export async function ask(
  { service }: KeycloakParties,
  browser: Browser = createBrowser(),
  returnTo = "/welcome",
): Promise<Reached> {
  return reachResponse(browser, await browser.get(`${service.signInUrl}?returnTo=${returnTo}`));
}

export async function accepted(parties: KeycloakParties, response: Form): Promise<SignedClaims> {
  const claims = await expectSignIn(parties.service, response.fields);
  assert.equal(claims.attributes.get("email")?.[0], ADA.email);
  return claims;
}

export async function signsIn(parties: KeycloakParties): Promise<void> {
  await accepted(parties, (await ask(parties)).response);
}
