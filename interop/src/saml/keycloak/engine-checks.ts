/**
 * The engine as the service of Keycloak: accounts, the sign-in log and sign-out, set up through `admin` alone.
 *
 * @module
 */
import assert from "node:assert/strict";
import type { Check } from "../../checks.ts";
import { type Browser, createBrowser, type Form, type Page } from "../browser.ts";
import type { EngineHost } from "../engine-host.ts";
import { reachResponse } from "./login.ts";
import { saidBy } from "./page.ts";
import { ADA, type KeycloakRealm } from "./realm.ts";

/** The first check connects the two; the others need it. */
export function engineChecks(host: EngineHost, realm: KeycloakRealm): readonly Check[] {
  const { provisioning, tenant, established, ended } = host;
  const { admin } = provisioning;
  const reach = async (browser: Browser): Promise<Form> => {
    const { saml } = await admin.connections.get(tenant);
    return (await reachResponse(browser, await browser.get(`${saml.signInUrl}?returnTo=/welcome`))).response;
  };
  const signIn = async (browser: Browser = createBrowser()): Promise<Page> => {
    const { action, fields } = await reach(browser);
    return browser.post(action, fields);
  };
  const newest = async () => (await admin.signIns.list(tenant, { limit: 1 })).items[0];
  const signedIn = async () => {
    const browser = createBrowser();
    const page = await signIn(browser);
    assert.ok(page.location?.endsWith("/welcome"), `Refused: ${(await newest())?.code}, ${saidBy(page)}`);
    return browser;
  };
  return [
    {
      name: "the engine and Keycloak take each other's metadata",
      run: async () => {
        const metadata = await realm.metadata();
        const { saml } = await admin.connections.update(tenant, { idp: { metadata }, jit: "reader" });
        await realm.importClient(await (await fetch(saml.metadataUrl)).text());
      },
    },
    {
      name: "somebody new becomes a reader of the engine, and is the same person the next time",
      run: async () => {
        await signedIn();
        await signedIn();
        const [first, second] = established;
        assert.deepEqual([first?.account.kind, first?.account.email], ["reader", ADA.email]);
        assert.equal(first?.account.name, ADA.firstName);
        assert.equal(second?.account.id, first?.account.id);
        assert.equal((await newest())?.outcome, "accepted");
      },
    },
    {
      name: "a second use of a response is refused, and in the sign-in log of the engine",
      run: async () => {
        const browser = createBrowser();
        const { action, fields } = await reach(browser);
        await browser.post(action, fields);
        const { status } = await browser.post(action, fields);
        assert.equal(status, 403);
        assert.equal((await newest())?.code, "request_unknown");
      },
    },
    {
      name: "a suspended account of the engine is refused, whatever Keycloak says",
      run: async () => {
        const id = established[0]?.account.id ?? "";
        await admin.accounts.update(tenant, id, { suspended: true });
        const { status } = await signIn();
        await admin.accounts.update(tenant, id, { suspended: false });
        assert.deepEqual([status, (await newest())?.stage], [403, "account"]);
      },
    },
    {
      name: "a sign-out that begins at the engine ends the session at Keycloak",
      run: async () => {
        const browser = await signedIn();
        const { saml } = await admin.connections.get(tenant);
        const page = await browser.settle(await browser.get(`${saml.signOutUrl}?returnTo=/bye`));
        assert.ok(page.url.endsWith("/bye"), `It ended at ${page.url}: ${saidBy(page)}`);
        const start = await browser.get(saml.signInUrl);
        assert.ok((await reachResponse(browser, start)).askedForPassword, "The session at Keycloak goes on.");
      },
    },
    {
      name: "a sign-out that begins at Keycloak ends the session of the engine",
      run: async () => {
        const browser = await signedIn();
        await realm.signOut(browser);
        assert.deepEqual(ended.at(-1)?.sessionIndexes, [established.at(-1)?.sessionIndex]);
      },
    },
  ];
}
