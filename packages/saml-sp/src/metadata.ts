/**
 * Our own metadata, for an identity provider to import (SAML Metadata §2.4.4).
 *
 * @module
 */
import type { ServiceProviderSettings } from "./service-provider.ts";
import { element, writeXml } from "./xml-writer.ts";

export interface ServiceProviderMetadataOptions {
  /** Asks for signed assertions; true when absent. */
  readonly wantAssertionsSigned?: boolean | undefined;
}

/**
 * The service provider as an `EntityDescriptor`.
 *
 * @example
 * const xml = serviceProviderMetadata({ entityId: "https://app.example/saml/1", acsUrl: "https://app.example/saml/1/acs" });
 */
export function serviceProviderMetadata(
  serviceProvider: ServiceProviderSettings,
  options: ServiceProviderMetadataOptions = {},
): string {
  const document = element(
    "md:EntityDescriptor",
    { entityID: serviceProvider.entityId },
    element(
      "md:SPSSODescriptor",
      {
        protocolSupportEnumeration: "urn:oasis:names:tc:SAML:2.0:protocol",
        AuthnRequestsSigned: "false",
        WantAssertionsSigned: String(options.wantAssertionsSigned ?? true),
      },
      element("md:AssertionConsumerService", {
        Binding: "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST",
        Location: serviceProvider.acsUrl,
        index: "0",
        isDefault: "true",
      }),
    ),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${writeXml(document)}\n`;
}
