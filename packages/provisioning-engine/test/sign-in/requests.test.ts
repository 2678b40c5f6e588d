import { inflateRawSync } from "node:zlib";
import { TEST_KEY_PAIRS } from "@muster/saml-sp/testing";
import { describe, expect, it } from "vitest";
import { start } from "./world.ts";

const PASSWORD = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport";
const MULTI_FACTOR = "https://refeds.org/profile/mfa";
const KEYS = { signingKeys: [TEST_KEY_PAIRS.serviceProvider] };

function isSigned(authnRequestUrl: string): boolean {
  return new URL(authnRequestUrl).searchParams.has("Signature");
}

function documentIn(authnRequestUrl: string): string {
  const deflated = new URL(authnRequestUrl).searchParams.get("SAMLRequest") ?? "";
  return inflateRawSync(Buffer.from(deflated, "base64")).toString("utf8");
}

describe("what an identity provider is asked for", () => {
  it("signs requests when the connection says so, and does as the metadata asks otherwise", async () => {
    const { admin, begin } = await start({}, KEYS);
    const signed = async (tenant = "acme") => isSigned((await begin(tenant)).authnRequestUrl);
    expect((await admin.connections.get("acme")).idp?.signAuthnRequests).toBeNull();
    expect(await signed()).toBe(false);
    await admin.connections.update("acme", { idp: { signAuthnRequests: true } });
    expect([await signed(), await signed("docs")]).toEqual([true, true]);
    await admin.connections.update("acme", { idp: { signAuthnRequests: null } });
    expect(await signed()).toBe(false);
  });

  it("publishes in the metadata whether requests are signed", async () => {
    const { admin, provisioning } = await start({}, KEYS);
    await admin.connections.update("acme", { idp: { signAuthnRequests: true } });
    const { saml } = await admin.connections.get("docs");
    const metadata = await (await provisioning.fetch(new Request(saml.metadataUrl))).text();
    expect(metadata).toContain('AuthnRequestsSigned="true"');
  });

  it("refuses to sign without a key, before anybody fails to sign in", async () => {
    const { admin } = await start();
    const idp = { signAuthnRequests: true };
    const refused = { code: "invalid_request", hint: expect.stringContaining("sso.signingKeys") };
    await expect(admin.connections.update("acme", { idp })).rejects.toMatchObject(refused);
    await expect(admin.connections.previewIdentityProvider("acme", idp)).rejects.toMatchObject(refused);
    expect((await admin.connections.get("acme")).idp?.signAuthnRequests).toBeNull();
  });

  it("asks for classes of authentication, and refuses sign-ins that used none of them", async () => {
    const { admin, directory, begin, signIn } = await start({ allowIdpInitiated: true });
    await directory.push({ userName: "mira" });
    const idp = { requestedAuthnContext: [MULTI_FACTOR, MULTI_FACTOR] };
    expect((await admin.connections.update("acme", { idp })).idp?.requestedAuthnContext).toEqual([MULTI_FACTOR]);
    for (const tenant of ["acme", "docs"]) {
      expect(documentIn((await begin(tenant)).authnRequestUrl)).toContain(
        `>${MULTI_FACTOR}</saml:AuthnContextClassRef>`,
      );
      expect(await signIn(tenant, "mira", { authnContextClassRef: PASSWORD })).toMatchObject({
        status: 403,
        code: "authn_context_mismatch",
      });
      expect((await signIn(tenant, "mira", { authnContextClassRef: MULTI_FACTOR })).status).toBe(303);
    }
    await admin.connections.update("acme", { idp: { requestedAuthnContext: [] } });
    expect((await signIn("acme", "mira", { authnContextClassRef: PASSWORD })).status).toBe(303);
  });

  it("has people checked again at every sign-in, and refuses those who were not", async () => {
    const { admin, directory, begin, signIn, time } = await start();
    await admin.connections.update("acme", { idp: { forceAuthn: true } });
    await directory.push({ userName: "mira" });
    const earlier = new Date(time.now.getTime() - 3_600_000);
    for (const tenant of ["acme", "docs"]) {
      expect(documentIn((await begin(tenant)).authnRequestUrl)).toContain('ForceAuthn="true"');
      expect(await signIn(tenant, "mira", { authnInstant: earlier })).toMatchObject({ code: "authn_instant_too_old" });
      expect((await signIn(tenant, "mira")).status).toBe(303);
    }
  });

  it("R103, I39: is audited, inherited, kept by other changes, and cannot be changed at a child", async () => {
    const { admin, api } = await start({}, KEYS);
    const asked = { signAuthnRequests: true, requestedAuthnContext: [MULTI_FACTOR], forceAuthn: true };
    await admin.connections.update("acme", { idp: asked });
    expect((await admin.audit.list("acme")).items[0]).toMatchObject({
      before: { idp: { signAuthnRequests: null, requestedAuthnContext: [], forceAuthn: false } },
      after: { idp: asked },
    });
    await admin.connections.update("acme", { idp: { signaturePolicy: "both" } });
    expect((await admin.connections.get("docs")).idp).toMatchObject(asked);
    expect((await api("PATCH", "/tenants/docs/connection", { idp: { forceAuthn: false } })).status).toBe(409);
  });

  it.each([
    { signAuthnRequests: "yes" },
    { forceAuthn: null },
    { requestedAuthnContext: MULTI_FACTOR },
    { requestedAuthnContext: ["mfa"] },
    { requestedAuthnContext: ["urn:with space"] },
    { requestedAuthnContext: Array.from({ length: 11 }, (_, index) => `urn:${index}`) },
  ])("refuses the shape %j", async (idp) => {
    const { api } = await start();
    const { status, body } = await api("PATCH", "/tenants/acme/connection", { idp });
    expect([status, body.error.code]).toEqual([400, "invalid_request"]);
  });
});
