import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readCertificates } from "../src/certificate.ts";
import { previewIdentityProvider } from "../src/metadata-preview.ts";
import { readIdentityProviderMetadata } from "../src/metadata-reader.ts";
import { TEST_KEY_PAIRS } from "../src/testing/index.ts";

const NOW = new Date("2026-03-01T12:00:00.000Z");
const OKTA = readFileSync(new URL("fixtures/metadata/okta.xml", import.meta.url), "utf8");
const incoming = readIdentityProviderMetadata(OKTA, { now: NOW });
const EXPIRED = TEST_KEY_PAIRS.expired.certificate;

function fingerprintOf(pem: string): string {
  return readCertificates(pem)[0]?.fingerprint ?? "";
}

describe("previewIdentityProvider", () => {
  it("shows what would be saved, with what is left of each certificate", () => {
    const { difference: _, ...shown } = previewIdentityProvider(undefined, incoming, NOW);
    expect(shown).toEqual({
      entityId: incoming.entityId,
      ssoUrl: incoming.ssoUrl,
      ssoBinding: "redirect",
      bindings: ["redirect", "post"],
      nameIdFormats: incoming.nameIdFormats,
      certificates: [
        {
          subject: expect.stringContaining("CN="),
          fingerprint: expect.stringMatching(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/),
          notBefore: new Date("2020-01-01T00:00:00Z"),
          notAfter: new Date("2120-01-01T00:00:00Z"),
          daysLeft: 34_272,
        },
      ],
    });
  });

  it("R84, R85: says since when a certificate has ended", () => {
    const { certificates } = previewIdentityProvider(undefined, { ...incoming, certificates: [EXPIRED] }, NOW);
    expect(certificates).toMatchObject([{ notAfter: new Date("2020-02-01T00:00:00Z"), daysLeft: -2221 }]);
  });

  it("at the first time everything is new", () => {
    expect(previewIdentityProvider(undefined, incoming, NOW).difference).toEqual({
      fields: [
        { field: "entityId", from: null, to: incoming.entityId },
        { field: "ssoUrl", from: null, to: incoming.ssoUrl },
        { field: "ssoBinding", from: null, to: "redirect" },
      ],
      certificatesAdded: incoming.certificates.map(fingerprintOf),
      certificatesRemoved: [],
    });
  });

  it("of the same there is no difference, however the certificate is written", () => {
    const crlf = incoming.certificates.map((pem) => pem.replaceAll("\n", "\r\n"));
    expect(previewIdentityProvider({ ...incoming, certificates: crlf }, incoming, NOW).difference).toEqual({
      fields: [],
      certificatesAdded: [],
      certificatesRemoved: [],
    });
  });

  it("R85: shows a rollover by fingerprint, and an address that moved", () => {
    const current = { ...incoming, ssoUrl: "https://old.example/sso", certificates: [EXPIRED] };
    expect(previewIdentityProvider(current, incoming, NOW).difference).toEqual({
      fields: [{ field: "ssoUrl", from: "https://old.example/sso", to: incoming.ssoUrl }],
      certificatesAdded: incoming.certificates.map(fingerprintOf),
      certificatesRemoved: [fingerprintOf(EXPIRED)],
    });
  });
});
