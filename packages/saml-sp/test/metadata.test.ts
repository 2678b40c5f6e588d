import { describe, expect, it } from "vitest";
import { serviceProviderMetadata } from "../src/metadata.ts";
import { fixture, KEYS } from "./vectors/keys.ts";
import { take } from "./vectors/tag-index.ts";

const serviceProvider = { entityId: "https://app.example/saml/c1", acsUrl: "https://app.example/saml/c1/acs?a=1&b=2" };

function base64Of(pem: string): string {
  return pem.replace(/-----[^-]+-----|\s/g, "");
}

describe("serviceProviderMetadata", () => {
  it("R76: names the entity id and the callback", () => {
    expect(serviceProviderMetadata(serviceProvider)).toBe(
      [
        '<?xml version="1.0" encoding="UTF-8"?>\n',
        '<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://app.example/saml/c1">',
        '<md:SPSSODescriptor AuthnRequestsSigned="false" WantAssertionsSigned="true"',
        ' protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">',
        '<md:AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"',
        ' Location="https://app.example/saml/c1/acs?a=1&amp;b=2" index="0" isDefault="true">',
        "</md:AssertionConsumerService></md:SPSSODescriptor></md:EntityDescriptor>\n",
      ].join(""),
    );
  });

  it("R11: publishes the current and the next key of each use, and what may be encrypted with", () => {
    const pair = ({ privatePem: privateKey, certificate }: typeof KEYS.sp1) => ({ privateKey, certificate });
    const xml = serviceProviderMetadata({
      ...serviceProvider,
      signingKeys: [pair(KEYS.ec), pair(KEYS.sp2)],
      decryptionKeys: [pair(KEYS.sp1), pair(KEYS.sp2)],
    });
    expect(xml).toContain('AuthnRequestsSigned="true"');
    const described = [0, 1, 2, 3].map((nth) => take(xml, "KeyDescriptor", nth));
    expect(described.map((text) => /use="(\w+)"/.exec(text)?.[1])).toEqual([
      "signing",
      "signing",
      "encryption",
      "encryption",
    ]);
    const certificates = [KEYS.ec, KEYS.sp2, KEYS.sp1, KEYS.sp2].map(({ certificate }) => base64Of(certificate));
    expect(described.map((text) => />([^<]+)<\/ds:X509Certificate>/.exec(text)?.[1])).toEqual(certificates);
    expect(described.map((text) => text.split("<md:EncryptionMethod ").length - 1)).toEqual([0, 0, 5, 5]);
    expect(described[2]).toMatch(/<\/ds:KeyInfo><md:EncryptionMethod Algorithm="[^"]*aes256-gcm">/);
    expect(xml).not.toMatch(/PRIVATE|cbc|rsa-1_5/);
  });

  it("R11: says no more of keys than there are", () => {
    expect(serviceProviderMetadata({ ...serviceProvider, signingKeys: [], decryptionKeys: [] })).toBe(
      serviceProviderMetadata(serviceProvider),
    );
  });

  it("R11: publishes no private key that was taken for a certificate", () => {
    const decryptionKeys = [{ privateKey: KEYS.sp1.privatePem, certificate: fixture("sp-1.key") }];
    expect(() => serviceProviderMetadata({ ...serviceProvider, decryptionKeys })).toThrow(
      expect.objectContaining({ code: "private_key_refused" }),
    );
  });

  it("does not ask for signed assertions where signed responses were agreed on", () => {
    const xml = serviceProviderMetadata(serviceProvider, { wantAssertionsSigned: false });
    expect(xml).toContain('WantAssertionsSigned="false"');
  });
});
