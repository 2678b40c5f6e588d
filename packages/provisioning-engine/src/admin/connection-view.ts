/**
 * A connection as it is shown. Certificates are shown by what tells them apart.
 *
 * @module
 */
import { type CertificatePreview, previewCertificates } from "@muster/saml-sp";
import { restorableUntil } from "../archive/archive-state.ts";
import { fingerprints } from "../connection/certificates.ts";
import { connectionWarnings } from "../connection/connection-warnings.ts";
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import { samlEndpoints, scimBaseUrl } from "../connection/endpoints.ts";
import type { EngineContext } from "../context.ts";
import type { IdentityProviderConfig, MetadataWatch } from "../ports/index.ts";
import type { CertificateView, ConnectionView, IdentityProviderView, MetadataView } from "./views.ts";

/** What views need to know of the engine. */
export type ViewContext = Pick<EngineContext, "url" | "clock" | "restoreDays">;

export function connectionView(context: ViewContext, connection: EffectiveConnection): ConnectionView {
  const { id, root, settings, presentation, verifiedAt, metadata, inherited } = connection;
  const { roleMapping: _, archive, ...shown } = settings;
  const { url, restoreDays } = context;
  const now = context.clock();
  return {
    ...shown,
    ...presentation,
    id,
    owner: root.tenant.id,
    readOnly: inherited,
    archive: archive && { ...archive, restorableUntil: restorableUntil(archive, restoreDays) },
    idp: settings.idp === null ? null : identityProviderView(settings.idp, now),
    scim: inherited ? null : { baseUrl: scimBaseUrl(url, id) },
    saml: samlEndpoints(url, id),
    verifiedAt,
    metadata: metadata && metadataView(metadata),
    warnings: connectionWarnings(connection, now),
  };
}

function identityProviderView(idp: IdentityProviderConfig, now: Date): IdentityProviderView {
  return {
    ...idp,
    certificates: previewCertificates(idp.certificates, now).map(certificateView),
    metadataCertificates: previewCertificates(idp.metadataCertificates, now).map(certificateView),
  };
}

function metadataView({ dueAt: nextAt, readAt, validUntil, failure, announced }: MetadataWatch): MetadataView {
  return { readAt, nextAt, validUntil, failure, announced };
}

export function certificateView({ notBefore, notAfter, ...certificate }: CertificatePreview): CertificateView {
  return { ...certificate, notBefore: notBefore.toISOString(), notAfter: notAfter.toISOString() };
}

/** What the audit log keeps of an identity provider. */
export function auditedIdentityProvider(idp: IdentityProviderConfig): object {
  const { certificates, metadataCertificates } = idp;
  return {
    ...idp,
    certificates: fingerprints(certificates),
    metadataCertificates: fingerprints(metadataCertificates),
  };
}
