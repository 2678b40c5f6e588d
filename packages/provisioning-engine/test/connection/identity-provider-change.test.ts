import { createTestIdentityProvider } from "@muster/saml-sp/testing";
import { describe, expect, it } from "vitest";
import {
  type ChangeContext,
  changeIdentityProvider,
  type LoadedChange,
} from "../../src/connection/identity-provider-change.ts";
import type { IdentityProviderConfig } from "../../src/ports/index.ts";

const NOW = new Date("2026-03-01T12:00:00Z");
const IDP = createTestIdentityProvider({ entityId: "https://idp.example", ssoUrl: "https://idp.example/sso" });
const METADATA = IDP.metadata();
const [PEM = ""] = IDP.settings.certificates;
/** What an identity provider becomes; the names for attributes are of no kind in particular unless it is said. */
function changed(
  current: IdentityProviderConfig | null,
  change: LoadedChange,
  kinds: ChangeContext["kinds"] = { before: "other", after: "other" },
): IdentityProviderConfig {
  return changeIdentityProvider(current, change, { now: NOW, canSign: false, kinds }).config;
}
const invalid = (part: object = {}) => expect.objectContaining({ code: "invalid_request", ...part });

describe("changeIdentityProvider", () => {
  it("reads metadata", () => {
    const idp = changed(null, { metadata: METADATA });
    expect(idp).toMatchObject({
      entityId: "https://idp.example",
      ssoUrl: "https://idp.example/sso",
      ssoBinding: "redirect",
      attributeNames: { email: "email", name: "name" },
    });
    expect(idp.certificates).toHaveLength(1);
  });

  it("lets single values win over metadata", () => {
    const idp = changed(null, { metadata: METADATA, entityId: "https://other.example" });
    expect([idp.entityId, idp.ssoUrl]).toEqual(["https://other.example", "https://idp.example/sso"]);
  });

  it("merges with what is configured", () => {
    const before = changed(null, { metadata: METADATA });
    const after = changed(before, { attributeNames: { email: "mail" } });
    expect(after).toEqual({ ...before, attributeNames: { email: "mail", name: "name" } });
  });

  it("R83: names what is missing", () => {
    expect(() => changed(null, { entityId: "https://idp.example" })).toThrow(
      invalid({ facts: { missing: ["ssoUrl", "certificates"] } }),
    );
  });

  it("R84: takes bare base64, and each certificate once", () => {
    const bare = PEM.replaceAll(/-----[^-]+-----|\s/g, "");
    const change = { entityId: "e", ssoUrl: "https://idp.example/sso", certificates: [PEM, bare] };
    expect(changed(null, change).certificates).toHaveLength(1);
  });

  it("R84: refuses a private key, and does not repeat it", () => {
    const key = "-----BEGIN PRIVATE KEY-----\nMIIEsecret\n-----END PRIVATE KEY-----\n";
    const change = { entityId: "e", ssoUrl: "https://idp.example/sso", certificates: [key] };
    expect(() => changed(null, change)).toThrow(invalid({ facts: { reason: "private_key_refused" } }));
    expect(() => changed(null, change)).not.toThrow(/MIIEsecret/);
  });

  it.each(["<html>", "", "<!DOCTYPE a [<!ENTITY x 'y'>]><a/>"])("refuses %j as metadata", (metadata) => {
    expect(() => changed(null, { metadata })).toThrow(invalid());
  });

  it.each(["javascript:alert(1)", "/sso", "https://user:password@idp.example/"])("refuses %j as ssoUrl", (ssoUrl) => {
    expect(() => changed(null, { metadata: METADATA, ssoUrl })).toThrow(invalid());
  });
});
