/**
 * `admin.idpPresets`, and how a connection is set up at its identity provider.
 *
 * @module
 */
import { previewIdentityProvider } from "@muster/saml-sp";
import { samlEndpoints } from "../connection/endpoints.ts";
import { type ChangedIdentityProvider, changeIdentityProvider } from "../connection/identity-provider-change.ts";
import { loadMetadata } from "../connection/load-metadata.ts";
import { IDP_PRESETS } from "../idp-presets/index.ts";
import { setupGuide } from "../idp-presets/setup-guide.ts";
import type { IdentityProviderConfig, TenantId } from "../ports/index.ts";
import { checked } from "../validation/checked.ts";
import type { Admin, IdentityProviderChange } from "./admin.ts";
import { certificateView } from "./connection-view.ts";
import { type Operator, readTenant } from "./operator.ts";
import { refuseInherited } from "./refusals.ts";
import { IDP_CHANGE } from "./shapes.ts";
import type { IdentityProviderPreviewView } from "./views.ts";

export const idpPresetOperations: Admin["idpPresets"] = { list: async () => ({ items: IDP_PRESETS }) };

type SetupOperations = Pick<Admin["connections"], "previewIdentityProvider" | "setupGuide">;

export function setupOperations(operator: Operator): SetupOperations {
  const { url } = operator.context;
  return {
    previewIdentityProvider: async (tenant, input) => preview(operator, tenant, checked(IDP_CHANGE, input)),
    setupGuide: (tenant) =>
      readTenant(operator, tenant, async (_tx, { id, settings }) =>
        setupGuide(settings.idpKind, samlEndpoints(url, id)),
      ),
  };
}

/** Reads before it fetches: nothing goes out for a tenant whose settings cannot be changed here. */
async function preview(
  operator: Operator,
  tenant: TenantId,
  change: IdentityProviderChange,
): Promise<IdentityProviderPreviewView> {
  const { clock, metadata, canSign } = operator.context;
  const { idp, idpKind } = await readTenant(operator, tenant, async (_tx, connection) => {
    refuseInherited(connection, ["idp"]);
    return connection.settings;
  });
  const loaded = await loadMetadata(metadata, change);
  const context = { now: clock(), canSign, kinds: { before: idpKind, after: idpKind } };
  return previewView(idp, changeIdentityProvider(idp, loaded, context), context.now);
}

function previewView(
  current: IdentityProviderConfig | null,
  { config, metadata }: ChangedIdentityProvider,
  now: Date,
): IdentityProviderPreviewView {
  const { certificates, difference } = previewIdentityProvider(current ?? undefined, config, now);
  const { entityId, ssoUrl, ssoBinding, attributeNames } = config;
  return {
    entityId,
    ssoUrl,
    ssoBinding,
    attributeNames,
    bindings: metadata?.bindings ?? [ssoBinding],
    nameIdFormats: metadata?.nameIdFormats ?? [],
    validUntil: metadata?.validUntil?.toISOString() ?? null,
    certificates: certificates.map(certificateView),
    difference,
  };
}
