/** Keys from a file, and what they open: encrypted assertions and single logout, over HTTP. */
import { createTestIdentityProvider, TEST_KEY_PAIRS } from "@muster/saml-sp/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Browser, createBrowser } from "../src/demo/browser.ts";
import { managementApi } from "../src/demo/management-api.ts";
import { type RunningServer, startServer, type TenantDescription } from "../src/index.ts";
import { SILENT_LOGGER } from "../src/logger.ts";
import { readSsoKeys } from "../src/sso-keys.ts";

const { privateKey, certificate } = TEST_KEY_PAIRS.serviceProvider;
const IDP = createTestIdentityProvider({
  entityId: "https://idp.example/metadata",
  ssoUrl: "https://idp.example/sso",
  sloUrl: "https://idp.example/slo",
});
const PERSON = "mira";

describe("muster serve with --sso-keys", () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await startServer({
      host: "127.0.0.1",
      port: 0,
      store: "memory:",
      seed: { allowIdpInitiated: false, idpMetadata: IDP.metadata() },
      ssoKeys: readSsoKeys(privateKey + certificate),
      logger: SILENT_LOGGER,
    });
    await managementApi(server.description).patch("/tenants/acme/connection", { jit: "reader" });
  });
  afterAll(() => server.stop());

  const tenant = (id: string): TenantDescription => {
    const found = server.description.tenants.find((candidate) => candidate.id === id);
    if (found === undefined) throw new Error(`No tenant ${id}.`);
    return found;
  };
  const signIn = async (browser: Browser, { saml }: TenantDescription, encrypt?: object) => {
    const { samlResponse, relayState = "" } = IDP.respond({
      serviceProvider: saml,
      authnRequestUrl: await browser.beginSignIn(saml.signInUrl),
      nameId: PERSON,
      attributes: { email: "mira@acme.example", name: "Mira" },
      sessionIndex: "one",
      ...(encrypt && { encrypt }),
    });
    return browser.finishSignIn({
      action: saml.acsUrl,
      fields: { SAMLResponse: samlResponse, RelayState: relayState },
    });
  };
  const send = (message: { readonly binding: string; readonly url?: string }) => {
    if (message.url === undefined) throw new TypeError("Expected a redirect.");
    return fetch(message.url, { redirect: "manual" });
  };

  it("publishes the keys and the address of logout in the metadata", async () => {
    const metadata = await (await fetch(tenant("acme").saml.metadataUrl)).text();
    expect(metadata).toContain('use="signing"');
    expect(metadata).toContain('use="encryption"');
    expect(metadata).toContain(tenant("acme").saml.sloUrl);
  });

  it("R11: understands an encrypted assertion", async () => {
    const visit = await signIn(createBrowser(), tenant("acme"), { certificate });
    expect(visit).toMatchObject({ status: 200, body: { nameId: PERSON } });
  });

  it.each(["acme", "acme-docs"])("R18: signs out of %s, of the identity provider, and comes back", async (id) => {
    const { saml, meUrl } = tenant(id);
    const browser = createBrowser();
    expect((await signIn(browser, tenant(id))).status).toBe(200);
    const logoutRequestUrl = await browser.beginSignIn(`${saml.signOutUrl}?returnTo=/console`);
    expect(logoutRequestUrl).toMatch(/^https:\/\/idp\.example\/slo\?SAMLRequest=.*&Signature=/);
    expect((await browser.read(meUrl)).status).toBe(401);
    const back = await send(IDP.logoutResponse({ serviceProvider: saml, logoutRequestUrl }));
    expect([back.status, back.headers.get("location")]).toEqual([303, "/console"]);
  });

  it("R18: ends the session that the identity provider ends, in this tenant only, once", async () => {
    const [here, there] = [tenant("acme"), tenant("acme-docs")];
    const browser = createBrowser();
    for (const each of [here, there]) expect((await signIn(browser, each)).status).toBe(200);
    const request = IDP.logoutRequest({ serviceProvider: here.saml, nameId: PERSON, sessionIndexes: ["one"] });
    const answer = await send(request);
    expect(answer.headers.get("location")).toMatch(/^https:\/\/idp\.example\/slo\?SAMLResponse=.*&Signature=/);
    expect((await browser.read(here.meUrl)).status).toBe(401);
    expect((await browser.read(there.meUrl)).status).toBe(200);
    expect((await send(request)).status).toBe(403);
  });

  it("R18: ends nothing for a forged message", async () => {
    const { saml, meUrl } = tenant("acme");
    const browser = createBrowser();
    await signIn(browser, tenant("acme"));
    for (const variant of ["unsigned", "other-key"] as const) {
      expect((await send(IDP.logoutRequest({ serviceProvider: saml, nameId: PERSON, variant }))).status).toBe(403);
    }
    expect((await browser.read(meUrl)).status).toBe(200);
  });
});
