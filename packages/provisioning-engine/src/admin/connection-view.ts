/**
 * A connection as it is shown. Certificates are shown by what tells them apart.
 *
 * @module
 */
import { readCertificates } from "@muster/saml-sp";
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import { samlEndpoints, scimBaseUrl } from "../connection/endpoints.ts";
import type { IdentityProviderConfig } from "../ports/index.ts";
import type { ConnectionView } from "./views.ts";

/** @param url of the engine, without a trailing slash */
export function connectionView(url: string, connection: EffectiveConnection): ConnectionView {
  const { id, root, settings, presentation, inherited } = connection;
  return {
    ...settings,
    ...presentation,
    id,
    owner: root.tenant.id,
    readOnly: inherited,
    idp: settings.idp === null ? null : identityProviderView(settings.idp),
    scim: inherited ? null : { baseUrl: scimBaseUrl(url, id) },
    saml: samlEndpoints(url, id),
  };
}

/** Also what the audit log keeps of an identity provider. */
export function identityProviderView({
  entityId,
  ssoUrl,
  certificates,
}: IdentityProviderConfig): NonNullable<ConnectionView["idp"]> {
  return { entityId, ssoUrl, certificates: certificates.flatMap(certificateViews) };
}

function certificateViews(pem: string): NonNullable<ConnectionView["idp"]>["certificates"] {
  return readCertificates(pem).map(({ subject, fingerprint, notAfter }) => ({
    subject,
    fingerprint,
    notAfter: notAfter.toISOString(),
  }));
}
