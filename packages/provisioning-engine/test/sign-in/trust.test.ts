import { TEST_KEY_PAIRS } from "@muster/saml-sp/testing";
import { describe, expect, it } from "vitest";
import { start } from "./world.ts";

describe("how far an identity provider is believed", () => {
  it.each([
    ["assertion", "assertion", 303],
    ["assertion", "response", 403],
    ["response", "response", 303],
    ["response", "assertion", 403],
    ["both", "both", 303],
    ["both", "assertion", 403],
    ["either", "response", 303],
  ] as const)("R9: with the policy %s a signed %s is answered with %i", async (signaturePolicy, sign, status) => {
    const { directory, signIn, admin } = await start();
    await admin.connections.update("acme", { idp: { signaturePolicy } });
    await directory.push({ userName: "mira" });
    expect((await signIn("acme", "mira", { sign })).status).toBe(status);
    expect((await signIn("docs", "mira", { sign })).status).toBe(status);
  });

  it("R85: an expired certificate is refused, unless the connection says otherwise", async () => {
    const { directory, signIn, admin, log, idp } = await start();
    await directory.push({ userName: "mira" });
    await admin.connections.update("acme", { idp: { certificates: [TEST_KEY_PAIRS.expired.certificate] } });
    const view = await admin.connections.get("acme");
    expect(view.warnings).toContainEqual({
      code: "certificate_expired",
      message: expect.stringContaining("2020-02-01"),
    });
    expect(view.idp?.certificates).toMatchObject([{ daysLeft: -2221 }]);
    // The honest provider signs with another key: the refusal is about the signature, whatever the certificate's end.
    expect(await signIn("acme", "mira")).toMatchObject({ code: "signature_invalid" });
    await admin.connections.update("acme", { idp: { insecureAcceptExpiredCertificates: true } });
    expect((await admin.connections.get("acme")).warnings).toContainEqual(
      expect.objectContaining({ code: "expired_certificates_accepted" }),
    );
    await admin.connections.update("acme", { idp: { certificates: idp.settings.certificates } });
    expect((await signIn("acme", "mira")).status).toBe(303);
    expect((await log("acme")).map(({ outcome }) => outcome)).toEqual(["accepted", "refused"]);
  });

  it("R85: warns from sixty days before the last certificate ends", async () => {
    const { admin, time } = await start();
    const codes = async () => (await admin.connections.get("acme")).warnings.map(({ code }) => code);
    expect(await codes()).toEqual(["not_verified"]);
    time.now = new Date("2119-11-02T00:00:00Z");
    expect(await codes()).toEqual(["not_verified"]);
    time.now = new Date("2119-11-02T00:00:01Z");
    expect(await codes()).toEqual(["not_verified", "certificate_expires_soon"]);
    time.now = new Date("2120-01-01T00:00:00Z");
    expect(await codes()).toEqual(["not_verified", "certificate_expired"]);
  });

  it("R5: SHA-1 is refused, unless the connection says otherwise, which it is warned of", async () => {
    const { directory, signIn, admin } = await start();
    await directory.push({ userName: "mira" });
    const sha1 = { variant: "sha1" } as const;
    expect((await signIn("acme", "mira", sha1)).code).toBe("signature_algorithm_refused");
    await admin.connections.update("acme", { idp: { insecureAcceptSha1: true } });
    expect((await signIn("acme", "mira", sha1)).status).toBe(303);
    expect((await admin.connections.get("acme")).warnings).toMatchObject([{ code: "sha1_accepted" }]);
  });

  it("R11: AES-CBC without a signature around it is refused, unless the connection says otherwise", async () => {
    const { directory, signIn, admin } = await start({}, { decryptionKeys: [TEST_KEY_PAIRS.serviceProvider] });
    await directory.push({ userName: "mira" });
    const { certificate } = TEST_KEY_PAIRS.serviceProvider;
    const cbc = { encrypt: { certificate, content: "aes256-cbc" } } as const;
    expect((await signIn("acme", "mira", cbc)).code).toBe("decryption_failed");
    await admin.connections.update("acme", { idp: { insecureAcceptCbcEncryption: true } });
    expect((await signIn("acme", "mira", cbc)).status).toBe(303);
    expect((await admin.connections.get("acme")).warnings).toMatchObject([{ code: "unsigned_cbc_accepted" }]);
  });

  it("R103, I39: is audited, inherited, and cannot be changed at a child", async () => {
    const { admin, api } = await start();
    await admin.connections.update("acme", { idp: { signaturePolicy: "both", attributeNames: { email: "mail" } } });
    expect((await admin.connections.get("docs")).idp).toMatchObject({
      signaturePolicy: "both",
      attributeNames: { email: "mail", name: "name" },
    });
    const { status } = await api("PATCH", "/tenants/docs/connection", { idp: { signaturePolicy: "either" } });
    expect(status).toBe(409);
    expect((await admin.audit.list("acme")).items[0]).toMatchObject({
      before: { idp: { signaturePolicy: "either" } },
      after: { idp: { signaturePolicy: "both", certificates: [expect.stringMatching(/^[0-9A-F:]{95}$/)] } },
    });
  });

  it.each([
    { signaturePolicy: "none" },
    { signaturePolicy: null },
    { insecureAcceptSha1: "yes" },
    { insecureAcceptEverything: true },
    { attributeNames: { mail: "x" } },
    { metadataUrl: 1 },
  ])("refuses the shape %j", async (idp) => {
    const { api } = await start();
    const { status, body } = await api("PATCH", "/tenants/acme/connection", { idp });
    expect([status, body.error.code]).toEqual([400, "invalid_request"]);
  });
});
