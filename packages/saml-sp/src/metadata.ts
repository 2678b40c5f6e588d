/**
 * Our own metadata, for an identity provider to import (SAML Metadata §2.4.4).
 *
 * @module
 */
import { readCertificates } from "./certificate.ts";
import { GCM_ALGORITHMS, OAEP, OAEP_WITH_SHA1_MASK } from "./encryption-algorithms.ts";
import { keyInfo } from "./key-info.ts";
import type { KeyPair } from "./key-pair.ts";
import type { ServiceProviderSettings } from "./service-provider.ts";
import { element, writeXml, type XmlElement } from "./xml-writer.ts";

export interface ServiceProviderMetadataOptions {
  /** Asks for signed assertions; true when absent. */
  readonly wantAssertionsSigned?: boolean | undefined;
  /** Whether requests are signed, as providers that read it refuse others then; if there are signing keys when absent. */
  readonly authnRequestsSigned?: boolean | undefined;
}

const HTTP_POST = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";
const HTTP_REDIRECT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";

/**
 * The service provider as an `EntityDescriptor`, with the certificates of all its keys: whoever reads it before a
 * rollover knows the next key already.
 *
 * @param serviceProvider what it is called, where it takes messages, and its keys
 * @param options what else it says
 * @throws {SamlError} as `readCertificates`, for a certificate of its keys
 * @example
 * const xml = serviceProviderMetadata({ entityId: "https://app.example/saml/1", acsUrl: "https://app.example/saml/1/acs" });
 */
export function serviceProviderMetadata(
  serviceProvider: ServiceProviderSettings,
  options: ServiceProviderMetadataOptions = {},
): string {
  const { signingKeys = [], decryptionKeys = [] } = serviceProvider;
  const document = element(
    "md:EntityDescriptor",
    { entityID: serviceProvider.entityId },
    element(
      "md:SPSSODescriptor",
      {
        protocolSupportEnumeration: "urn:oasis:names:tc:SAML:2.0:protocol",
        AuthnRequestsSigned: String(options.authnRequestsSigned ?? signingKeys.length > 0),
        WantAssertionsSigned: String(options.wantAssertionsSigned ?? true),
      },
      ...signingKeys.map((pair) => keyDescriptor("signing", pair)),
      ...decryptionKeys.map((pair) => keyDescriptor("encryption", pair, ENCRYPTION_METHODS)),
      ...logoutServices(serviceProvider),
      element("md:AssertionConsumerService", {
        Binding: HTTP_POST,
        Location: serviceProvider.acsUrl,
        index: "0",
        isDefault: "true",
      }),
    ),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${writeXml(document)}\n`;
}

/** What is understood, the best first (SAML Metadata §2.4.1.1). AES-CBC is left out, as it needs a signature around it. */
const ENCRYPTION_METHODS = [...GCM_ALGORITHMS.keys(), OAEP, OAEP_WITH_SHA1_MASK].map((Algorithm) =>
  element("md:EncryptionMethod", { Algorithm }),
);

/** One address for both bindings, ours to begin and theirs (SAML Metadata §2.4.2). */
function logoutServices({ sloUrl }: ServiceProviderSettings): readonly XmlElement[] {
  if (sloUrl === undefined) return [];
  return [HTTP_REDIRECT, HTTP_POST].map((Binding) => element("md:SingleLogoutService", { Binding, Location: sloUrl }));
}

/** Reading the certificate keeps a private key that was put in its place from being published. */
function keyDescriptor(use: string, { certificate }: KeyPair, methods: readonly XmlElement[] = []): XmlElement {
  const infos = readCertificates(certificate).map(({ pem }) => keyInfo(pem));
  return element("md:KeyDescriptor", { use }, ...infos, ...methods);
}
