/**
 * Owns a test identity provider: signed and encrypted responses with every field open to change, the forgeries that a service must
 * refuse, public key pairs. Never touches production code paths: whoever trusts its keys lets everybody in.
 *
 * @module
 */
export type { TestContentEncryption, TestEncryption, TestKeyTransport } from "./encrypt.ts";
export {
  type AnswerLogoutOptions,
  createTestIdentityProvider,
  type RespondOptions,
  type TestIdentityProvider,
  type TestIdentityProviderOptions,
  type TestResponse,
} from "./identity-provider.ts";
export { TEST_KEY_PAIRS, type TestKeyPair } from "./keys.ts";
export type { TestLogoutRequestOptions, TestLogoutResponseOptions, TestLogoutVariant } from "./logout.ts";
export type { ResponseFields } from "./response-fields.ts";
export type { TestResponseVariant } from "./variants.ts";
export { FORGED_NAME_ID } from "./wrapping.ts";
