import { describe, expect, it } from "vitest";
import { changePresentation, changeSettings, inheritedFields } from "../../src/connection/change-settings.ts";
import { newConnectionSettings } from "../../src/connection/new-settings.ts";

const WHO = {
  actor: { type: "person", id: "olga" },
  now: "2026-03-01T12:00:00.000Z",
  canSign: false,
  allowsKeysFrom: () => false,
} as const;
const NEW = newConnectionSettings();

describe("changeSettings", () => {
  it("R26, R31, R86: begins with everything off and the role Contributor", () => {
    expect(NEW).toMatchObject({
      scimEnabled: false,
      groupSync: false,
      allowIdpInitiated: false,
      defaultRole: "Contributor",
      jit: "deny",
      consent: null,
      idp: null,
    });
  });

  it("changes what is given and nothing else", () => {
    expect(changeSettings(NEW, { groupSync: true, jit: undefined }, WHO)).toEqual({ ...NEW, groupSync: true });
  });

  it("R90, I37: SCIM goes on only with consent, which is recorded", () => {
    expect(() => changeSettings(NEW, { scimEnabled: true }, WHO)).toThrow(
      expect.objectContaining({ code: "consent_required" }),
    );
    expect(() => changeSettings(NEW, { scimEnabled: true, consent: false }, WHO)).toThrow();
    const on = changeSettings(NEW, { scimEnabled: true, consent: true }, WHO);
    expect(on.consent).toEqual({ by: "olga", at: WHO.now, textVersion: "2026-01" });
  });

  it("R90: consent is asked for once, and the first record stays", () => {
    const on = changeSettings(NEW, { scimEnabled: true, consent: true }, WHO);
    const off = changeSettings(on, { scimEnabled: false }, WHO);
    const again = changeSettings(
      off,
      { scimEnabled: true, consent: true },
      { ...WHO, now: "2027-01-01T00:00:00.000Z" },
    );
    expect(again.consent).toEqual(on.consent);
  });

  it("keeps domains in lower case, each once", () => {
    expect(changeSettings(NEW, { verifiedDomains: ["Acme.TEST", "acme.test"] }, WHO).verifiedDomains).toEqual([
      "acme.test",
    ]);
  });

  it("refuses to make owners by default", () => {
    expect(() => changeSettings(NEW, { defaultRole: "Owner" }, WHO)).toThrow(
      expect.objectContaining({ code: "invalid_request" }),
    );
  });
});

describe("changePresentation", () => {
  it("R92, R93: null clears, absent keeps", () => {
    const current = { ssoName: "Acme", loginButtonText: "Go" };
    expect(changePresentation(current, { ssoName: null })).toEqual({ ssoName: null, loginButtonText: "Go" });
  });
});

describe("inheritedFields", () => {
  it("R103: everything but presentation is the parent's", () => {
    const change = { ssoName: "x", loginButtonText: null, groupSync: false, idp: null, jit: undefined };
    expect(inheritedFields(change)).toEqual(["groupSync", "idp"]);
  });
});
