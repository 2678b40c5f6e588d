/**
 * Every rule of the SAML validation (R0 to R19) switched off, check by check: `[rule, what is switched off, file, text,
 * replacement]`. The text stands once in the file. Some checks stand behind another that refuses the same document;
 * these are switched off where the other does not reach.
 */
import { LOGOUT_MUTATIONS } from "./saml-logout.mjs";
import { PROFILE_MUTATIONS } from "./saml-profile.mjs";
import { DOCUMENT_MUTATIONS } from "./saml-signed-documents.mjs";

export const MUTATIONS = [...DOCUMENT_MUTATIONS, ...PROFILE_MUTATIONS, ...LOGOUT_MUTATIONS];
