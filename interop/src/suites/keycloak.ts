/**
 * Keycloak as the identity provider of a running service and of the engine, with a browser in between.
 *
 * @module
 */
import { readIdentityProviderMetadata } from "@muster/saml-sp";
import { type Check, runChecks } from "../checks.ts";
import { withEngine } from "../saml/engine-host.ts";
import { engineChecks } from "../saml/keycloak/engine-checks.ts";
import * as exchange from "../saml/keycloak/exchange-checks.ts";
import { logouts } from "../saml/keycloak/logout-checks.ts";
import type { KeycloakParties } from "../saml/keycloak/parties.ts";
import { encryption, signatures } from "../saml/keycloak/protection-checks.ts";
import { createRealm } from "../saml/keycloak/realm.ts";
import { rotation } from "../saml/keycloak/rotation-checks.ts";
import { KEYCLOAK_VERSION, keycloakHome, withKeycloak } from "../saml/keycloak/server.ts";
import { type SamlService, withService } from "../saml/service.ts";
import type { Findings, Suite } from "../suite.ts";

export const KEYCLOAK: Suite = {
  name: "keycloak",
  version: KEYCLOAK_VERSION,
  foreign: true,
  prepare: async () => {
    const home = await keycloakHome();
    return () => withKeycloak(home, (url) => withService((service) => run(url, service)));
  },
};

async function run(url: string, service: SamlService): Promise<Findings> {
  const realm = await createRealm(url);
  const idp = readIdentityProviderMetadata(await realm.metadata(), { now: new Date() });
  service.set({ identityProvider: idp });
  const metadata = await (await fetch(service.metadataUrl)).text();
  const client = await realm.importClient(metadata);
  return withEngine((host) => runChecks([...engineChecks(host, realm), ...checksOf({ service, realm, client, idp })]));
}

/** Every check sets both sides to what it is about. The last ones change Keycloak's keys. */
function checksOf(parties: KeycloakParties): readonly Check[] {
  return [
    ...exchange.bindings(parties),
    ...exchange.signedRequests(parties),
    ...signatures(parties),
    ...encryption(parties),
    ...exchange.idpInitiated(parties),
    ...exchange.sessions(parties),
    ...exchange.misuse(parties),
    ...logouts(parties),
    ...rotation(parties),
  ];
}
