import { createTestIdentityProvider, TEST_KEY_PAIRS } from "@muster/saml-sp/testing";
import { describe, expect, it } from "vitest";
import type { MetadataOptions } from "../../src/index.ts";
import { EVERYTHING, startWorld, type World } from "./harness.ts";

const URL_OF_IT = "https://idp.example/metadata";
const IDP = createTestIdentityProvider({ entityId: "https://idp.example", ssoUrl: "https://idp.example/sso" });
const ROLLED = createTestIdentityProvider({
  entityId: "https://idp.example",
  ssoUrl: "https://idp.example/sso2",
  keys: TEST_KEY_PAIRS.stranger,
});

interface Published extends World {
  readonly asked: string[];
  publish(metadata: string): void;
}

/** `acme` with a child, and a provider that publishes its metadata. */
async function startPublished(metadata: Partial<MetadataOptions> = {}): Promise<Published> {
  const asked: string[] = [];
  let document = IDP.metadata();
  const fetch = async (url: string) => {
    asked.push(url);
    return new Response(document);
  };
  const world = startWorld({ sso: { metadata: { allowedHosts: ["idp.example"], fetch, ...metadata } } });
  await world.admin.tenants.create({ id: "acme" });
  await world.admin.tenants.create({ id: "docs", parent: "acme" });
  const publish = (next: string) => {
    document = next;
  };
  return { ...world, asked, publish };
}

const refused = (reason: string) =>
  expect.objectContaining({ code: "invalid_request", facts: expect.objectContaining({ reason }) });

describe("metadata by its address", () => {
  it("is fetched when it is given, and again when it is given again", async () => {
    const { admin, asked, publish } = await startPublished();
    const { idp } = await admin.connections.update("acme", { idp: { metadataUrl: URL_OF_IT } });
    expect(idp).toMatchObject({ entityId: "https://idp.example", metadataUrl: URL_OF_IT });
    publish(ROLLED.metadata());
    const after = await admin.connections.update("acme", { idp: { metadataUrl: URL_OF_IT } });
    expect(after.idp).toMatchObject({ ssoUrl: "https://idp.example/sso2", metadataUrl: URL_OF_IT });
    expect(after.idp?.certificates).not.toEqual(idp?.certificates);
    expect(asked).toEqual([URL_OF_IT, URL_OF_IT]);
  });

  it("is forgotten when metadata is uploaded instead, or when an admin says so", async () => {
    const { admin } = await startPublished();
    await admin.connections.update("acme", { idp: { metadataUrl: URL_OF_IT } });
    const uploaded = await admin.connections.update("acme", { idp: { metadata: ROLLED.metadata() } });
    expect(uploaded.idp?.metadataUrl).toBeNull();
    await admin.connections.update("acme", { idp: { metadataUrl: URL_OF_IT } });
    const cleared = await admin.connections.update("acme", { idp: { metadataUrl: null } });
    expect(cleared.idp).toMatchObject({ entityId: "https://idp.example", metadataUrl: null });
  });

  it("is fetched from nowhere unless the host says from where", async () => {
    const { admin, api } = startWorld();
    await admin.tenants.create({ id: "acme" });
    const { status, body } = await api("PATCH", "/tenants/acme/connection", { idp: { metadataUrl: URL_OF_IT } });
    expect([status, body.error.code]).toEqual([409, "metadata_fetch_off"]);
    expect(body.error.hint).toContain("sso.metadata");
  });

  it.each([
    "https://evil.example/",
    "http://idp.example/metadata",
    "https://169.254.169.254/",
    "file:///etc/passwd",
    "",
  ])("is not fetched from %j, and nothing is saved", async (metadataUrl) => {
    const { admin, asked } = await startPublished();
    await expect(admin.connections.update("acme", { idp: { metadataUrl } })).rejects.toThrow(
      refused("metadata_address_refused"),
    );
    expect([asked, (await admin.connections.get("acme")).idp]).toEqual([[], null]);
  });

  it("asks nobody for a child, for somebody without the right, or beside an upload", async () => {
    const { api, asked } = await startPublished();
    const body = { idp: { metadataUrl: URL_OF_IT } };
    expect((await api("PATCH", "/tenants/docs/connection", body)).status).toBe(409);
    expect((await api("POST", "/tenants/docs/connection/idp/preview", body.idp)).status).toBe(409);
    const reader = { ...EVERYTHING, can: ["read"] as const };
    expect((await api("PATCH", "/tenants/acme/connection", body, reader)).status).toBe(403);
    expect((await api("POST", "/tenants/acme/connection/idp/preview", body.idp, reader)).status).toBe(403);
    const both = { idp: { metadataUrl: URL_OF_IT, metadata: IDP.metadata() } };
    expect((await api("PATCH", "/tenants/acme/connection", both)).status).toBe(400);
    expect(asked).toEqual([]);
  });

  it("keeps what is configured when nothing usable is there", async () => {
    const { admin, publish } = await startPublished();
    const before = await admin.connections.update("acme", { idp: { metadataUrl: URL_OF_IT } });
    publish("<html>Sign in</html>");
    await expect(admin.connections.update("acme", { idp: { metadataUrl: URL_OF_IT } })).rejects.toThrow(
      refused("metadata_invalid"),
    );
    expect(await admin.connections.get("acme")).toEqual(before);
  });

  it("must be signed by whom the admin says, by upload too", async () => {
    const { admin } = await startPublished();
    const metadataCertificates = [TEST_KEY_PAIRS.stranger.certificate];
    for (const source of [{ metadataUrl: URL_OF_IT }, { metadata: IDP.metadata() }]) {
      await expect(admin.connections.update("acme", { idp: { ...source, metadataCertificates } })).rejects.toThrow(
        refused("metadata_signature_missing"),
      );
    }
    await admin.connections.update("acme", { idp: { metadata: IDP.metadata() } });
    const { idp } = await admin.connections.update("acme", { idp: { metadataCertificates } });
    expect(idp?.metadataCertificates).toMatchObject([{ subject: "CN=Test attacker" }]);
    await expect(admin.connections.update("acme", { idp: { metadataUrl: URL_OF_IT } })).rejects.toThrow(
      refused("metadata_signature_missing"),
    );
  });

  it("of several providers chooses the one that is named, and afterwards the one that is configured", async () => {
    const { admin, publish } = await startPublished();
    const other = createTestIdentityProvider({ entityId: "https://two.example", ssoUrl: "https://two.example/sso" });
    const entities = [IDP, other].map((idp) => idp.metadata().replace(/^<\?.*?\?>/, ""));
    publish(
      `<g:EntitiesDescriptor xmlns:g="urn:oasis:names:tc:SAML:2.0:metadata">${entities.join("")}</g:EntitiesDescriptor>`,
    );
    await expect(admin.connections.update("acme", { idp: { metadataUrl: URL_OF_IT } })).rejects.toThrow(
      refused("metadata_entity_ambiguous"),
    );
    const named = { metadataUrl: URL_OF_IT, entityId: "https://two.example" };
    expect((await admin.connections.update("acme", { idp: named })).idp?.ssoUrl).toBe("https://two.example/sso");
    const again = await admin.connections.update("acme", { idp: { metadataUrl: URL_OF_IT } });
    expect(again.idp?.entityId).toBe("https://two.example");
  });
});

describe("the preview", () => {
  it("shows what would be saved and what would change, and saves nothing", async () => {
    const { admin, api, publish } = await startPublished();
    await admin.connections.update("acme", { idp: { metadataUrl: URL_OF_IT } });
    const before = await admin.connections.get("acme");
    const auditBefore = await admin.audit.list("acme");
    publish(ROLLED.metadata());
    const { status, body } = await api("POST", "/tenants/acme/connection/idp/preview", { metadataUrl: URL_OF_IT });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      entityId: "https://idp.example",
      bindings: ["redirect"],
      validUntil: null,
      certificates: [{ subject: "CN=Test attacker", notBefore: "2020-01-01T00:00:00.000Z", daysLeft: 34_272 }],
      difference: {
        fields: [{ field: "ssoUrl", from: "https://idp.example/sso", to: "https://idp.example/sso2" }],
        certificatesAdded: [body.certificates[0].fingerprint],
        certificatesRemoved: [before.idp?.certificates[0]?.fingerprint],
      },
    });
    expect(await admin.connections.get("acme")).toEqual(before);
    expect(await admin.audit.list("acme")).toEqual(auditBefore);
  });

  it("R84: reads values that are typed, in any form, and refuses a private key without repeating it", async () => {
    const { admin } = await startPublished();
    const certificate = TEST_KEY_PAIRS.identityProvider.certificate;
    const bare = certificate.replace(/-----[^-]+-----|\s/g, "");
    const typed = { entityId: "e", ssoUrl: "https://idp.example/sso" };
    for (const certificates of [[certificate], [certificate.replaceAll("\n", "\r\n")], [bare], [certificate, bare]]) {
      const preview = await admin.connections.previewIdentityProvider("acme", { ...typed, certificates });
      expect(preview.certificates).toHaveLength(1);
      expect(preview.difference.fields.map(({ from }) => from)).toEqual([null, null, null]);
    }
    const key = TEST_KEY_PAIRS.identityProvider.privateKey;
    const asked = admin.connections.previewIdentityProvider("acme", { ...typed, certificates: [key] });
    await expect(asked).rejects.toMatchObject({
      facts: { reason: "private_key_refused" },
      hint: expect.stringContaining("replaced"),
    });
    await expect(asked).rejects.not.toThrow(/MIIE/);
  });

  it("R83: says what is missing, as saving would", async () => {
    const { api } = await startPublished();
    const { status, body } = await api("POST", "/tenants/acme/connection/idp/preview", { entityId: "e" });
    expect([status, body.error.message]).toEqual([400, "The identity provider lacks ssoUrl, certificates."]);
  });

  it("refuses more certificates than are tried at a sign-in", async () => {
    const { admin } = await startPublished();
    const certificates = Object.values(TEST_KEY_PAIRS).map(({ certificate }) => certificate);
    expect(certificates.length).toBeLessThanOrEqual(5);
    const { idp } = await admin.connections.update("acme", { idp: { metadata: IDP.metadata(), certificates } });
    expect(idp?.certificates).toHaveLength(certificates.length);
  });
});
