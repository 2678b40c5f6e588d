/**
 * Owns the SAML endpoints over fetch: sign-in, callback, metadata, logout, and how refusals look. Never touches storage,
 * sessions or routing: those are the host's.
 *
 * @module
 */
export { createSamlHandler } from "./create-handler.ts";
export type {
  SamlConnection,
  SamlEndpoint,
  SamlHandler,
  SamlHandlerOptions,
  SamlLogout,
  SignedOut,
} from "./handler.ts";
export { isSignInRefusal, SignInRefusal } from "./sign-in-refusal.ts";
