/**
 * What an admin says about an identity provider, merged with what is configured: metadata first, single values over it.
 *
 * @module
 */
import { type IdentityProviderMetadata, isSamlError, readIdentityProviderMetadata } from "@muster/saml-sp";
import type { IdentityProviderChange } from "../admin/admin.ts";
import { ProvisioningError } from "../errors.ts";
import { idpPreset } from "../idp-presets/index.ts";
import type { IdentityProviderConfig, IdpKind } from "../ports/index.ts";
import { readPem } from "./certificates.ts";
import { NEW_TRUST } from "./new-settings.ts";
import { invalidIdp, readableIdp } from "./unreadable-idp.ts";

/** A change, with the document instead of its address where there was one. */
export interface LoadedChange extends Omit<IdentityProviderChange, "metadata"> {
  readonly metadata?: string | Uint8Array | undefined;
}

/** What the change is made under. */
export interface ChangeContext {
  /** Metadata and its validity are judged by it. */
  readonly now: Date;
  /** Whether the host has keys to sign requests with. */
  readonly canSign: boolean;
  /** Whose names for attributes are in force, and whose are to be. */
  readonly kinds: { readonly before: IdpKind; readonly after: IdpKind };
}

/** What the settings become, and the metadata that was given, if there was. */
export interface ChangedIdentityProvider {
  readonly config: IdentityProviderConfig;
  readonly metadata: IdentityProviderMetadata | undefined;
}

/**
 * @param current what is configured, or null
 * @throws {ProvisioningError} `invalid_request` when something cannot be read, or is missing in the end (R83)
 */
export function changeIdentityProvider(
  current: IdentityProviderConfig | null,
  change: LoadedChange,
  context: ChangeContext,
): ChangedIdentityProvider {
  requireSigningKey(change, context);
  return readableIdp(() => {
    const trust = changedTrust(current, change);
    const metadata = readMetadata(current, change, trust.metadataCertificates, context.now);
    const endpoint = { ...current, ...endpointOf(metadata), ...endpointOfValues(change) };
    const config = { ...complete(endpoint), ...trust, attributeNames: attributeNames(current, change, context.kinds) };
    return { config, metadata };
  });
}

type Endpoint = Pick<
  IdentityProviderConfig,
  | "entityId"
  | "ssoUrl"
  | "ssoBinding"
  | "certificates"
  | "wantAuthnRequestsSigned"
  | "sloUrl"
  | "sloResponseUrl"
  | "sloBinding"
>;
type Trust = Omit<IdentityProviderConfig, keyof Endpoint | "attributeNames">;

/**
 * Of several entities the one that is named, or that is configured already.
 *
 * @param signers PEM of who must have signed it; nobody must when there are none
 * @throws {SamlError} as `readIdentityProviderMetadata`
 */
export function readMetadata(
  current: Pick<IdentityProviderConfig, "entityId"> | null,
  { metadata, entityId = current?.entityId }: Pick<LoadedChange, "metadata" | "entityId">,
  signers: readonly string[],
  now: Date,
): IdentityProviderMetadata | undefined {
  if (metadata === undefined) return undefined;
  const options = { now, ...(signers.length === 0 ? {} : { signingCertificates: signers }) };
  try {
    return readIdentityProviderMetadata(metadata, options);
  } catch (error) {
    if (!isSamlError(error) || error.code !== "metadata_entity_ambiguous" || entityId === undefined) throw error;
    return readIdentityProviderMetadata(metadata, { ...options, entityId });
  }
}

function endpointOf(metadata: IdentityProviderMetadata | undefined): Partial<Endpoint> {
  if (metadata === undefined) return {};
  const { entityId, ssoUrl, ssoBinding, certificates, wantAuthnRequestsSigned } = metadata;
  const { sloUrl, sloResponseUrl, sloBinding } = metadata;
  const logout = { sloUrl, sloResponseUrl, sloBinding };
  return { entityId, ssoUrl, ssoBinding, certificates, wantAuthnRequestsSigned, ...logout };
}

function endpointOfValues({ entityId, ssoUrl, sloUrl, certificates }: LoadedChange): Partial<Endpoint> {
  return {
    ...(entityId === undefined ? {} : { entityId }),
    // Typed by hand, an address comes without its binding: nearly every provider takes a redirect.
    ...(ssoUrl === undefined ? {} : { ssoUrl: webAddress("ssoUrl", ssoUrl), ssoBinding: "redirect" }),
    ...(sloUrl === undefined ? {} : logoutEndpoint(sloUrl)),
    ...(certificates === undefined ? {} : { certificates: readPem(certificates) }),
  };
}

function logoutEndpoint(sloUrl: string | null): Pick<Endpoint, "sloUrl" | "sloResponseUrl" | "sloBinding"> {
  const none = { sloUrl: undefined, sloResponseUrl: undefined, sloBinding: undefined };
  return sloUrl === null ? none : { ...none, sloUrl: webAddress("sloUrl", sloUrl), sloBinding: "redirect" };
}

/** Another issuer, or another address to sign in at, has yet to prove that it works (R4). */
export function isSameProvider(before: IdentityProviderConfig | null, after: IdentityProviderConfig | null): boolean {
  return before?.entityId === after?.entityId && before?.ssoUrl === after?.ssoUrl;
}

/** Each is tried on each signature; the SAML core tries as many. */
export const MOST_CERTIFICATES = 5;

function complete(endpoint: Partial<Endpoint>): Endpoint {
  const { entityId, ssoUrl, ssoBinding = "redirect", certificates = [] } = endpoint;
  const { wantAuthnRequestsSigned, sloUrl, sloResponseUrl, sloBinding } = endpoint;
  if (entityId === undefined || ssoUrl === undefined || certificates.length === 0) throw incomplete(endpoint);
  if (certificates.length > MOST_CERTIFICATES) throw tooManyCertificates(certificates.length);
  const optional = { wantAuthnRequestsSigned, sloUrl, sloResponseUrl, sloBinding };
  return { entityId, ssoUrl, ssoBinding, certificates, ...optional };
}

/** Metadata that was uploaded does not come from the address any more. */
function changedTrust(current: IdentityProviderConfig | null, change: LoadedChange): Trust {
  const before: Trust = current ?? NEW_TRUST;
  const uploaded = change.metadata !== undefined && change.metadataUrl === undefined;
  const { metadataUrl = uploaded ? null : before.metadataUrl, metadataCertificates } = change;
  return {
    ...changedRequests(before, change),
    signaturePolicy: change.signaturePolicy ?? before.signaturePolicy,
    insecureAcceptExpiredCertificates:
      change.insecureAcceptExpiredCertificates ?? before.insecureAcceptExpiredCertificates,
    insecureAcceptSha1: change.insecureAcceptSha1 ?? before.insecureAcceptSha1,
    insecureAcceptCbcEncryption: change.insecureAcceptCbcEncryption ?? before.insecureAcceptCbcEncryption,
    metadataUrl,
    metadataRefresh: change.metadataRefresh ?? before.metadataRefresh,
    metadataCertificates:
      metadataCertificates === undefined ? before.metadataCertificates : readPem(metadataCertificates),
  };
}

type Requests = Pick<IdentityProviderConfig, "signAuthnRequests" | "requestedAuthnContext" | "forceAuthn">;

function changedRequests(before: Requests, change: LoadedChange): Requests {
  const { signAuthnRequests = before.signAuthnRequests, forceAuthn = before.forceAuthn } = change;
  const { requestedAuthnContext = before.requestedAuthnContext } = change;
  return { signAuthnRequests, requestedAuthnContext: [...new Set(requestedAuthnContext)], forceAuthn };
}

/** Found now, not at the next sign-in. A host that takes its keys away later is told of it by each of them. */
function requireSigningKey({ signAuthnRequests }: LoadedChange, { canSign }: ChangeContext): void {
  if (signAuthnRequests !== true || canSign) return;
  throw invalidIdp("signAuthnRequests: There is no key to sign requests with.", {
    hint: "Give createProvisioning the option sso.signingKeys first.",
  });
}

function webAddress(field: "ssoUrl" | "sloUrl", text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isWeb = url?.protocol === "https:" || url?.protocol === "http:";
  if (url === undefined || !isWeb || url.username !== "" || url.password !== "") {
    throw invalidIdp(`${field}: Expected an address that begins with https://.`);
  }
  return text;
}

/** Names that an admin typed stay; those of a preset follow the kind (R74, R80). */
function attributeNames(
  current: IdentityProviderConfig | null,
  change: LoadedChange,
  { before, after }: ChangeContext["kinds"],
): IdentityProviderConfig["attributeNames"] {
  const old = current?.attributeNames ?? idpPreset(before).attributeNames;
  const kept = arePreset(old, before) ? idpPreset(after).attributeNames : old;
  const { email = kept.email, name = kept.name } = change.attributeNames ?? {};
  return { email, name };
}

function arePreset({ email, name }: IdentityProviderConfig["attributeNames"], kind: IdpKind): boolean {
  const preset = idpPreset(kind).attributeNames;
  return email === preset.email && name === preset.name;
}

function incomplete(endpoint: Partial<Endpoint>): ProvisioningError {
  const { certificates = [] } = endpoint;
  const missing = [
    ...(endpoint.entityId === undefined ? ["entityId"] : []),
    ...(endpoint.ssoUrl === undefined ? ["ssoUrl"] : []),
    ...(certificates.length === 0 ? ["certificates"] : []),
  ];
  return new ProvisioningError("invalid_request", `The identity provider lacks ${missing.join(", ")}.`, {
    hint: "Give its metadata, or entityId, ssoUrl and certificates.",
    facts: { missing },
  });
}

function tooManyCertificates(count: number): ProvisioningError {
  return invalidIdp(`certificates: Expected at most ${MOST_CERTIFICATES}, got ${count}.`, {
    hint: "Leave out those that the identity provider no longer signs with.",
  });
}
