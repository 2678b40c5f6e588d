/**
 * What an identity provider publishes about itself (SAML Metadata §2.4.3), reduced to what a connection is configured
 * with. The document is trusted because an admin chose it, or because the one who is known to sign it did: then only the
 * signed bytes are read.
 *
 * @module
 */
import { readCertificates, readSigningKey } from "./certificate.ts";
import { SamlError } from "./errors.ts";
import { isHttpUrl } from "./http-url.ts";
import { freshness, type MetadataEntity, readMetadataEntities } from "./metadata-document.ts";
import { METADATA_NAMESPACE, PROTOCOL_NAMESPACE, SIGNATURE_NAMESPACE } from "./namespaces.ts";
import { attributeOf, childrenNamed, type Element, textOf } from "./xml.ts";

/** Fits into `IdentityProviderSettings`. */
export interface IdentityProviderMetadata {
  readonly entityId: string;
  readonly ssoUrl: string;
  readonly ssoBinding: "redirect" | "post";
  /** Those of sign-on that a browser can use, in the order of our preference. */
  readonly bindings: readonly ("redirect" | "post")[];
  /** Whether requests are to be signed. */
  readonly wantAuthnRequestsSigned: boolean;
  /** SingleLogoutService (SAML Metadata §2.4.2): undefined when there is none that a browser can go to. */
  readonly sloUrl: string | undefined;
  /** Where answers go, if elsewhere than requests. */
  readonly sloResponseUrl: string | undefined;
  readonly sloBinding: "redirect" | "post" | undefined;
  /** PEM, those that sign; one per key. Whether one is expired is not looked at here. */
  readonly certificates: readonly string[];
  /** In the provider's order of preference. */
  readonly nameIdFormats: readonly string[];
  /** When the metadata must be read anew. */
  readonly validUntil: Date | undefined;
  /** How long its publisher wants it to be kept at most before it is asked for again (`cacheDuration`). */
  readonly cacheSeconds: number | undefined;
}

export interface ReadMetadataOptions {
  readonly now: Date;
  /** Which entity of several; needed only if more than one of them is an identity provider. */
  readonly entityId?: string | undefined;
  /** PEM of who signs the metadata. With these a document without their signature is refused. */
  readonly signingCertificates?: readonly string[] | undefined;
}

/**
 * The one identity provider that a metadata document describes, with its signing certificates.
 *
 * @param input the document: text, or bytes in UTF-8; at most 1 MiB
 * @param options the time, which provider is meant if there are several, and who must have signed the document
 * @throws {SamlError} of the stages `metadata` and `xml`, and those of `readCertificates`
 * @example
 * const { entityId, ssoUrl, ssoBinding, certificates } = readIdentityProviderMetadata(xml, { now: new Date() });
 */
export function readIdentityProviderMetadata(
  input: string | Uint8Array,
  { now, entityId, signingCertificates }: ReadMetadataOptions,
): IdentityProviderMetadata {
  const entities = readMetadataEntities(input, signingCertificates && { certificates: signingCertificates, now });
  const entity = entityId === undefined ? onlyProvider(entities) : namedEntity(entities, entityId);
  const role = providerRole(entity);
  if (role === undefined) throw roleMissing(entity);
  const { validUntil, cacheSeconds } = freshness(role, entity);
  if (validUntil !== undefined && validUntil <= now) throw expired(validUntil);
  return {
    entityId: entity.entityId,
    ...signOnService(role),
    wantAuthnRequestsSigned: /^(?:true|1)$/.test(attributeOf(role, "WantAuthnRequestsSigned") ?? ""),
    ...logoutService(role),
    certificates: certificatesOfRole(role),
    nameIdFormats: childrenNamed(role, METADATA_NAMESPACE, "NameIDFormat").map(trimmedText),
    validUntil,
    cacheSeconds,
  };
}

function onlyProvider(entities: readonly MetadataEntity[]): MetadataEntity {
  const [provider, ...more] = entities.filter((entity) => providerRole(entity) !== undefined);
  if (provider === undefined) throw roleMissing(entities[0]);
  if (more.length > 0) throw ambiguous([provider, ...more]);
  return provider;
}

function namedEntity(entities: readonly MetadataEntity[], entityId: string): MetadataEntity {
  const [entity, ...more] = entities.filter((candidate) => candidate.entityId === entityId);
  if (entity === undefined) {
    throw new SamlError("metadata_entity_not_found", `The metadata does not describe "${entityId}".`, {
      hint: `It describes ${list(entities)}.`,
    });
  }
  if (more.length > 0) throw ambiguous([entity, ...more]);
  return entity;
}

/** The role that speaks SAML 2.0; one entity may have others, of older protocols. */
function providerRole({ element }: MetadataEntity): Element | undefined {
  return childrenNamed(element, METADATA_NAMESPACE, "IDPSSODescriptor").find((role) =>
    attributeOf(role, "protocolSupportEnumeration")?.split(/\s+/).includes(PROTOCOL_NAMESPACE),
  );
}

/** In the order of our preference. */
const BINDINGS = [
  ["redirect", "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"],
  ["post", "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"],
] as const;

interface Service {
  readonly url: string;
  readonly responseUrl: string | undefined;
  readonly binding: "redirect" | "post";
}

/** Those that a browser can go to, one for each binding, in the order of our preference. */
function findServices(role: Element, localName: string): readonly Service[] {
  const services = childrenNamed(role, METADATA_NAMESPACE, localName);
  return BINDINGS.flatMap(([binding, uri]) => {
    const usable = services
      .filter((service) => attributeOf(service, "Binding") === uri)
      .flatMap((service) => {
        const url = webAddress(service, "Location");
        return url === undefined ? [] : [{ url, responseUrl: webAddress(service, "ResponseLocation"), binding }];
      });
    return usable.slice(0, 1);
  });
}

function webAddress(service: Element, attribute: string): string | undefined {
  const location = attributeOf(service, attribute);
  return location !== undefined && isHttpUrl(location) ? location : undefined;
}

function logoutService(role: Element): Pick<IdentityProviderMetadata, "sloUrl" | "sloResponseUrl" | "sloBinding"> {
  const [service] = findServices(role, "SingleLogoutService");
  return { sloUrl: service?.url, sloResponseUrl: service?.responseUrl, sloBinding: service?.binding };
}

type SignOnService = Pick<IdentityProviderMetadata, "ssoUrl" | "ssoBinding" | "bindings">;

function signOnService(role: Element): SignOnService {
  const services = findServices(role, "SingleSignOnService");
  const [preferred] = services;
  if (preferred === undefined) throw signOnMissing();
  return { ssoUrl: preferred.url, ssoBinding: preferred.binding, bindings: services.map(({ binding }) => binding) };
}

function signOnMissing(): SamlError {
  return new SamlError("metadata_sso_missing", "The metadata names no sign-on address that a browser can go to.", {
    hint: "Enable the HTTP-Redirect or the HTTP-POST binding at the identity provider, with an http or https address.",
  });
}

/** SAML Metadata §2.4.1.1: a key without a use is for signing too. */
function certificatesOfRole(role: Element): readonly string[] {
  const certificates = childrenNamed(role, METADATA_NAMESPACE, "KeyDescriptor")
    .filter((descriptor) => (attributeOf(descriptor, "use") ?? "signing") === "signing")
    .flatMap((descriptor) => childrenNamed(descriptor, SIGNATURE_NAMESPACE, "KeyInfo"))
    .flatMap((keyInfo) => childrenNamed(keyInfo, SIGNATURE_NAMESPACE, "X509Data"))
    .flatMap(certificatesOf);
  if (certificates.length > 0) return onePerKey(certificates);
  throw new SamlError("metadata_certificate_missing", "The metadata holds no certificate for signatures.", {
    hint: "Activate a signing certificate at the identity provider, or add the certificate by hand.",
  });
}

/** XML Signature §4.5.4: what stands together may be a chain, of which only the end signs responses. */
function certificatesOf(data: Element): readonly string[] {
  const texts = childrenNamed(data, SIGNATURE_NAMESPACE, "X509Certificate").map(trimmedText);
  if (texts.length === 0) return [];
  const pem = texts.map((text) => `-----BEGIN CERTIFICATE-----\n${text}\n-----END CERTIFICATE-----\n`).join("");
  return readCertificates(pem).map((certificate) => certificate.pem);
}

/** Of those that hold the same key the one that lasts longest: a renewed certificate stands beside the old one. */
function onePerKey(certificates: readonly string[]): readonly string[] {
  const byKey = new Map<string, { readonly pem: string; readonly notAfter: Date }>();
  for (const pem of certificates) {
    const { key, notAfter } = readSigningKey(pem);
    const spki = key.export({ type: "spki", format: "der" }).toString("base64");
    if (notAfter > (byKey.get(spki)?.notAfter ?? 0)) byKey.set(spki, { pem, notAfter });
  }
  return [...byKey.values()].map(({ pem }) => pem);
}

function trimmedText(element: Element): string {
  return (textOf(element) ?? "").trim();
}

const NAMES_LISTED = 20;

function list(entities: readonly MetadataEntity[]): string {
  const names = entities.slice(0, NAMES_LISTED).map(({ entityId }) => `"${entityId}"`);
  return names.join(", ") + (entities.length > NAMES_LISTED ? " and more" : "");
}

function ambiguous(entities: readonly MetadataEntity[]): SamlError {
  const message = `The metadata describes several identity providers: ${list(entities)}.`;
  return new SamlError("metadata_entity_ambiguous", message, { hint: "Say which of them by its entity id." });
}

function roleMissing(entity: MetadataEntity | undefined): SamlError {
  const isService =
    entity !== undefined && childrenNamed(entity.element, METADATA_NAMESPACE, "SPSSODescriptor").length > 0;
  return new SamlError("metadata_role_missing", "The metadata does not describe a SAML 2.0 identity provider.", {
    hint: isService
      ? "It describes a service provider. Take the file that the identity provider publishes."
      : "Take the file from the SAML page of the identity provider.",
  });
}

function expired(validUntil: Date): SamlError {
  return new SamlError("metadata_expired", `The metadata was valid until ${validUntil.toISOString()}.`, {
    hint: "Download the metadata from the identity provider again.",
  });
}
