/**
 * Owns simulated identity providers: SCIM clients with the dialects of real vendors, a small deterministic directory to
 * provision from, and a SAML identity provider, for demonstrations, tests and "try it without one".
 * Never touches production code paths, tenants or storage: it reaches a service over HTTP only.
 *
 * @module
 */
export { type DirectoryGroup, type DirectoryPerson, type PersonChange, TEAM_ACCOUNT_USER } from "./directory.ts";
export { SimulatorError, type SimulatorErrorCode, type SimulatorErrorFacts } from "./errors.ts";
export { makeGroups, makePeople } from "./people.ts";
export {
  createEntraClient,
  createOktaClient,
  createOneLoginClient,
  type ProvisioningClient,
  type ScimResource,
} from "./provisioning-client.ts";
export type { SamlForm, SamlPerson } from "./saml-exchange.ts";
export {
  createSamlIdentityProvider,
  type SamlForgery,
  type SamlIdentityProvider,
  type SamlIdentityProviderOptions,
  type SamlServiceProvider,
} from "./saml-identity-provider.ts";
export type { Exchange, Json, JsonObject, TransportOptions } from "./scim-transport.ts";
export {
  type SimulatedCycle,
  type SimulatedGroup,
  type SimulatedPerson,
  type SimulateEntraOptions,
  simulateEntra,
} from "./simulate-entra.ts";
