/**
 * Every preset, in the order in which they are offered.
 *
 * @module
 */
import type { IdpKind } from "../ports/index.ts";
import { ADFS } from "./adfs.ts";
import { ENTRA } from "./entra.ts";
import { GOOGLE } from "./google.ts";
import { JUMPCLOUD } from "./jumpcloud.ts";
import { KEYCLOAK } from "./keycloak.ts";
import { OKTA } from "./okta.ts";
import { ONELOGIN } from "./onelogin.ts";
import { OTHER } from "./other.ts";
import { PING } from "./ping.ts";
import type { IdentityProviderPreset } from "./preset.ts";
import { SHIBBOLETH } from "./shibboleth.ts";

const BY_KIND: Readonly<Record<IdpKind, IdentityProviderPreset>> = {
  okta: OKTA,
  entra: ENTRA,
  google: GOOGLE,
  onelogin: ONELOGIN,
  adfs: ADFS,
  other: OTHER,
  ping: PING,
  jumpcloud: JUMPCLOUD,
  keycloak: KEYCLOAK,
  shibboleth: SHIBBOLETH,
};

export const IDP_PRESETS: readonly IdentityProviderPreset[] = Object.values(BY_KIND);

export function idpPreset(kind: IdpKind): IdentityProviderPreset {
  return BY_KIND[kind];
}
