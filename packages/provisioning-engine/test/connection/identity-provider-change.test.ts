import { createTestIdentityProvider } from "@muster/saml-sp/testing";
import { describe, expect, it } from "vitest";
import { changeIdentityProvider } from "../../src/connection/identity-provider-change.ts";

const NOW = new Date("2026-03-01T12:00:00Z");
const IDP = createTestIdentityProvider({ entityId: "https://idp.example", ssoUrl: "https://idp.example/sso" });
const METADATA = IDP.metadata();
const [PEM = ""] = IDP.settings.certificates;
const invalid = (part: object = {}) => expect.objectContaining({ code: "invalid_request", ...part });

describe("changeIdentityProvider", () => {
  it("reads metadata", () => {
    const idp = changeIdentityProvider(null, { metadata: METADATA }, NOW);
    expect(idp).toMatchObject({
      entityId: "https://idp.example",
      ssoUrl: "https://idp.example/sso",
      ssoBinding: "redirect",
      attributeNames: { email: "email", name: "name" },
    });
    expect(idp.certificates).toHaveLength(1);
  });

  it("lets single values win over metadata", () => {
    const idp = changeIdentityProvider(null, { metadata: METADATA, entityId: "https://other.example" }, NOW);
    expect([idp.entityId, idp.ssoUrl]).toEqual(["https://other.example", "https://idp.example/sso"]);
  });

  it("merges with what is configured", () => {
    const before = changeIdentityProvider(null, { metadata: METADATA }, NOW);
    const after = changeIdentityProvider(before, { attributeNames: { email: "mail" } }, NOW);
    expect(after).toEqual({ ...before, attributeNames: { email: "mail", name: "name" } });
  });

  it("R83: names what is missing", () => {
    expect(() => changeIdentityProvider(null, { entityId: "https://idp.example" }, NOW)).toThrow(
      invalid({ facts: { missing: ["ssoUrl", "certificates"] } }),
    );
  });

  it("R84: takes bare base64, and each certificate once", () => {
    const bare = PEM.replaceAll(/-----[^-]+-----|\s/g, "");
    const change = { entityId: "e", ssoUrl: "https://idp.example/sso", certificates: [PEM, bare] };
    expect(changeIdentityProvider(null, change, NOW).certificates).toHaveLength(1);
  });

  it("R84: refuses a private key, and does not repeat it", () => {
    const key = "-----BEGIN PRIVATE KEY-----\nMIIEsecret\n-----END PRIVATE KEY-----\n";
    const change = { entityId: "e", ssoUrl: "https://idp.example/sso", certificates: [key] };
    expect(() => changeIdentityProvider(null, change, NOW)).toThrow(
      invalid({ facts: { reason: "private_key_refused" } }),
    );
    expect(() => changeIdentityProvider(null, change, NOW)).not.toThrow(/MIIEsecret/);
  });

  it.each(["<html>", "", "<!DOCTYPE a [<!ENTITY x 'y'>]><a/>"])("refuses %j as metadata", (metadata) => {
    expect(() => changeIdentityProvider(null, { metadata }, NOW)).toThrow(invalid());
  });

  it.each(["javascript:alert(1)", "/sso", "https://user:password@idp.example/"])("refuses %j as ssoUrl", (ssoUrl) => {
    expect(() => changeIdentityProvider(null, { metadata: METADATA, ssoUrl }, NOW)).toThrow(invalid());
  });
});
