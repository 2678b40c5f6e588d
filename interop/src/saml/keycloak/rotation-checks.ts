/**
 * Keycloak gets a new key.
 *
 * @module
 */
import assert from "node:assert/strict";
import { readIdentityProviderMetadata } from "@muster/saml-sp";
import type { Check } from "../../checks.ts";
import { expectRefusal } from "../tell.ts";
import { agree, ask, type KeycloakParties, signsIn } from "./parties.ts";

export function rotation(parties: KeycloakParties): readonly Check[] {
  const { service, realm, idp } = parties;
  const readAgain = async () => {
    const { certificates } = readIdentityProviderMetadata(await realm.metadata(), { now: new Date() });
    return certificates;
  };
  let key = "";
  return [
    {
      name: "a new key of Keycloak is refused before its metadata was read again",
      run: async () => {
        key = await realm.addSigningKey(200);
        await agree(parties);
        await expectRefusal(service, (await ask(parties)).response.fields, "signature_invalid");
      },
    },
    {
      name: "a new key is accepted when the metadata was read again, and so is the old one that it still has",
      run: async () => {
        const certificates = await readAgain();
        assert.equal(certificates.length, 2);
        await agree(parties, {}, { certificates });
        await signsIn(parties);
        await realm.setPriority(key, 50);
        await signsIn(parties);
        await realm.setPriority(key, 200);
      },
    },
    {
      name: "a key that Keycloak took away is gone with the next reading of its metadata",
      run: async () => {
        await realm.removeKey(key);
        const certificates = await readAgain();
        assert.deepEqual(certificates, idp.certificates);
        await agree(parties, {}, { certificates });
        await signsIn(parties);
      },
    },
  ];
}
