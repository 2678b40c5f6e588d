/**
 * Single logout, from both sides.
 *
 * @module
 */
import assert from "node:assert/strict";
import type { Check } from "../../checks.ts";
import { type Browser, createBrowser } from "../browser.ts";
import { lastRefusal } from "../tell.ts";
import { saidBy } from "./page.ts";
import { type Attributes, agree, ask, type KeycloakParties } from "./parties.ts";

/** Keycloak signs logout messages only where it signs documents, as it does unless that is switched off. */
function logoutBy(binding: "redirect" | "post"): Attributes {
  return { "saml.force.post.binding": String(binding === "post"), "saml.server.signature": "true" };
}

/** Somebody who is signed in at both. */
async function signedIn(parties: KeycloakParties): Promise<Browser> {
  const browser = createBrowser();
  const { response } = await ask(parties, browser);
  const page = await browser.post(response.action, response.fields);
  assert.ok(page.location?.endsWith("/welcome"), `The sign-in was refused: ${lastRefusal(parties.service)}.`);
  return browser;
}

export function logouts(parties: KeycloakParties): readonly Check[] {
  const { service, realm } = parties;
  const ours = (["redirect", "post"] as const).map((sloBinding) => ({
    name: `a sign-out that begins here by ${sloBinding} ends the session at Keycloak`,
    run: async () => {
      await agree(parties, logoutBy(sloBinding), { sloBinding });
      const browser = await signedIn(parties);
      const page = await browser.settle(await browser.get(`${service.signOutUrl}?returnTo=/bye`));
      assert.ok(page.url.endsWith("/bye"), `It ended at ${page.url}: ${lastRefusal(service)}, ${saidBy(page)}`);
      assert.ok((await ask(parties, browser)).askedForPassword, "The session at Keycloak goes on.");
    },
  }));
  const theirs = (["redirect", "post"] as const).map((sloBinding) => ({
    name: `a sign-out that begins at Keycloak ends the session here, by ${sloBinding}`,
    run: async () => {
      await agree(parties, logoutBy(sloBinding), { sloBinding });
      const browser = await signedIn(parties);
      const before = service.ended.length;
      const sessionIndex = service.signIns.at(-1)?.sessionIndex;
      const page = await realm.signOut(browser);
      assert.equal(service.ended.length, before + 1, `No session ended: ${lastRefusal(service)}, ${saidBy(page)}`);
      assert.deepEqual(service.ended.at(-1)?.sessionIndexes, [sessionIndex]);
      assert.match(page.text, /You are logged out/, saidBy(page));
    },
  }));
  return [
    ...ours,
    ...theirs,
    {
      name: "a sign-out at Keycloak is refused where Keycloak does not sign it",
      run: async () => {
        await agree(parties, { ...logoutBy("post"), "saml.server.signature": "false" });
        const before = service.ended.length;
        await realm.signOut(await signedIn(parties));
        assert.equal(service.ended.length, before, "A session ended.");
        assert.equal(service.refusals.at(-1)?.code, "signature_missing");
      },
    },
  ];
}
