import { createTestIdentityProvider } from "@muster/saml-sp/testing";
import { describe, expect, it } from "vitest";
import { IDP_PRESETS } from "../src/idp-presets/index.ts";
import type { IdpKind } from "../src/index.ts";
import { startWorld } from "./admin/harness.ts";

const IDP = createTestIdentityProvider({ entityId: "https://idp.example", ssoUrl: "https://idp.example/sso" });
const CLAIMS = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims";

async function startTenant() {
  const world = startWorld();
  await world.admin.tenants.create({ id: "acme" });
  return world;
}

describe("the presets", () => {
  it("R74: list the five by name and Others; the rest is found under Others", () => {
    const kinds = (listed: boolean) => IDP_PRESETS.filter((preset) => preset.listed === listed).map(({ kind }) => kind);
    expect(kinds(true)).toEqual(["okta", "entra", "google", "onelogin", "adfs", "other"]);
    expect(kinds(false)).toEqual(["ping", "jumpcloud", "keycloak", "shibboleth"]);
  });

  it("have the callback path and the entity id in the words of each provider, and no empty text", () => {
    for (const preset of IDP_PRESETS) {
      expect(preset.labels.acsUrl, preset.kind).toBeTruthy();
      expect(preset.labels.entityId, preset.kind).toBeTruthy();
      expect(JSON.stringify(preset), preset.kind).not.toMatch(/""|\s"|"\s/);
      for (const quirk of preset.quirks) expect(quirk, preset.kind).toMatch(/\.$/);
    }
  });

  it("are had through the API, with the right to read", async () => {
    const { api } = await startTenant();
    const { status, body } = await api("GET", "/idp-presets");
    expect([status, body.items.length]).toEqual([200, IDP_PRESETS.length]);
    expect((await api("GET", "/idp-presets", undefined, null)).status).toBe(401);
  });
});

describe("the setup guide", () => {
  it("R75: leads whoever chose Others straight to our values", async () => {
    const { admin } = await startTenant();
    const { kind, copy } = await admin.connections.setupGuide("acme");
    expect(kind).toBe("other");
    expect(copy.map(({ value }) => value)).toEqual(["acsUrl", "entityId", "signInUrl", "metadataUrl"]);
  });

  it("R76, R77: puts the callback path where the single sign-on URL goes, and our entity id where the audience goes", async () => {
    const { admin } = await startTenant();
    const { saml } = await admin.connections.update("acme", { idpKind: "okta" });
    const { copy, name } = await admin.connections.setupGuide("acme");
    expect(name).toBe("Okta");
    expect(copy).toEqual([
      { value: "acsUrl", label: "Single sign-on URL", text: saml.acsUrl },
      { value: "entityId", label: "Audience URI (SP Entity ID)", text: saml.entityId },
    ]);
  });

  it("R120: has a child's own values, and the provider of its parent", async () => {
    const { admin } = await startTenant();
    await admin.tenants.create({ id: "docs", parent: "acme" });
    await admin.connections.update("acme", { idpKind: "google" });
    const { saml } = await admin.connections.get("docs");
    const { kind, copy } = await admin.connections.setupGuide("docs");
    expect([kind, copy[0]?.text]).toEqual(["google", saml.acsUrl]);
  });
});

describe("the kind of a connection", () => {
  const named = async (idpKind: IdpKind) => {
    const { admin } = await startTenant();
    await admin.connections.update("acme", { idpKind });
    const { idp } = await admin.connections.update("acme", { idp: { metadata: IDP.metadata() } });
    return idp?.attributeNames;
  };

  it("R80, R81: brings the names of the attributes, so that an admin types none", async () => {
    expect(await named("other")).toEqual({ email: "email", name: "name" });
    expect(await named("adfs")).toEqual({ email: `${CLAIMS}/emailaddress`, name: `${CLAIMS}/name` });
    expect((await named("entra"))?.email).toBe(`${CLAIMS}/emailaddress`);
    expect((await named("shibboleth"))?.email).toMatch(/^urn:oid:/);
  });

  it("changes the names of a provider that is there, but none that an admin typed", async () => {
    const { admin } = await startTenant();
    await admin.connections.update("acme", { idp: { metadata: IDP.metadata() } });
    expect((await admin.connections.update("acme", { idpKind: "adfs" })).idp?.attributeNames.name).toBe(
      `${CLAIMS}/name`,
    );
    await admin.connections.update("acme", { idp: { attributeNames: { email: "mail" } } });
    expect((await admin.connections.update("acme", { idpKind: "okta" })).idp?.attributeNames).toEqual({
      email: "mail",
      name: `${CLAIMS}/name`,
    });
  });

  it("I27: is its parent's at a child, and cannot be another there", async () => {
    const { admin } = await startTenant();
    await admin.tenants.create({ id: "docs", parent: "acme" });
    await admin.connections.update("acme", { idpKind: "okta" });
    expect((await admin.connections.get("docs")).idpKind).toBe("okta");
    await expect(admin.connections.update("docs", { idpKind: "entra" })).rejects.toMatchObject({
      code: "inherited_read_only",
    });
  });
});
