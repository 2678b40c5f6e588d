import { describe, expect, it } from "vitest";
import { serviceProviderMetadata } from "../src/metadata.ts";

const serviceProvider = { entityId: "https://app.example/saml/c1", acsUrl: "https://app.example/saml/c1/acs?a=1&b=2" };

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

  it("does not ask for signed assertions where signed responses were agreed on", () => {
    const xml = serviceProviderMetadata(serviceProvider, { wantAssertionsSigned: false });
    expect(xml).toContain('WantAssertionsSigned="false"');
  });
});
