/**
 * The same facts as the JSON description, for a person.
 *
 * @module
 */
import type { ServerDescription, TenantDescription } from "./description.ts";

/** @param consoleLink opens the console once without asking for the token */
export function banner(server: ServerDescription, consoleLink: string): string {
  return [
    `Muster is running on ${server.baseUrl}`,
    "",
    `  Console         ${server.consoleUrl}`,
    `  Open it now     ${consoleLink}`,
    `  Management API  ${server.adminApiUrl}`,
    `  Admin token     ${server.adminToken}`,
    ...server.tenants.flatMap(tenantLines),
    ...nextStep(server),
    "",
    "Tokens are shown this once. Press Ctrl+C to stop.",
  ].join("\n");
}

function tenantLines({ id, parent, scim, saml, meUrl }: TenantDescription): readonly string[] {
  return [
    "",
    parent === null ? id : `${id}, inherits from ${parent}`,
    ...(scim === null ? [] : [`  SCIM base URL   ${scim.baseUrl}`, `  SCIM token      ${scim.token}`]),
    `  Entity id       ${saml.entityId}`,
    `  Callback        ${saml.acsUrl}`,
    `  Sign in         ${saml.signInUrl}`,
    `  Who am I        ${meUrl}`,
  ];
}

/** What a newcomer does next, ready to copy. */
function nextStep({ tenants }: ServerDescription): readonly string[] {
  const scim = tenants.find((tenant) => tenant.scim !== null)?.scim;
  if (scim === undefined || scim === null) return [];
  return ["", "Next", `  muster simulate entra --url ${scim.baseUrl} --token ${scim.token} --users 3`];
}
