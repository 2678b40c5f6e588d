/**
 * Owns the SAML 2.0 service provider: requests, strict validation of responses, metadata in and out, certificates.
 * Never touches storage, tenants or SCIM.
 *
 * @module
 */
export {
  type AuthnRequest,
  type AuthnRequestOptions,
  type AuthnRequestPreferences,
  createAuthnRequest,
  type NameIDPolicy,
  type ScopedProvider,
  type Scoping,
} from "./authn-request.ts";
export { type Certificate, readCertificates } from "./certificate.ts";
export {
  isSamlError,
  SAML_ERROR_CODES,
  SamlError,
  type SamlErrorCode,
  type SamlErrorDetails,
  type SamlErrorOptions,
  type SamlErrorStage,
} from "./errors.ts";
export type { IdentityProviderSettings } from "./identity-provider.ts";
export { createKeyCache, type KeyCache } from "./key-cache.ts";
export { type KeyPair, readKeyPair } from "./key-pair.ts";
export type { IncomingMessage, PostMessage } from "./logout-message.ts";
export {
  createLogoutRequest,
  type EndedSessions,
  type LogoutRequest,
  type LogoutRequestOptions,
  type SamlSession,
  type ValidateLogoutRequestOptions,
  validateLogoutRequest,
} from "./logout-request.ts";
export {
  createLogoutResponse,
  type LogoutOutcome,
  type LogoutResponseOptions,
  type ValidateLogoutResponseOptions,
  validateLogoutResponse,
} from "./logout-response.ts";
export { type ServiceProviderMetadataOptions, serviceProviderMetadata } from "./metadata.ts";
export {
  type DownloadMetadataOptions,
  downloadMetadata,
  type FetchMetadata,
  type FetchMetadataOptions,
  fetchIdentityProviderMetadata,
} from "./metadata-fetch.ts";
export {
  type CertificatePreview,
  type IdentityProviderDifference,
  type IdentityProviderPreview,
  previewCertificates,
  previewIdentityProvider,
} from "./metadata-preview.ts";
export {
  type IdentityProviderMetadata,
  type ReadMetadataOptions,
  readIdentityProviderMetadata,
} from "./metadata-reader.ts";
export type { MessageName, OutgoingMessage } from "./outgoing-message.ts";
export { type AttributeNames, DEFAULT_ATTRIBUTE_NAMES, type Person, readPerson } from "./person.ts";
export { type RedirectMessage, readRedirectQuery } from "./redirect-query.ts";
export type { ReplayStore } from "./replay-store.ts";
export type { OutstandingLogout, OutstandingRequest, RequestStore } from "./request-store.ts";
export { type NameID, type SignedClaims, type ValidateResponseOptions, validateResponse } from "./response.ts";
export { isSameOriginPath, readReturnPath } from "./return-path.ts";
export type { ServiceProviderSettings } from "./service-provider.ts";
export { checkServiceProviderKeys } from "./service-provider-keys.ts";
