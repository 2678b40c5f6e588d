/**
 * The shape of the option `sso`.
 *
 * @module
 */
import { checkServiceProviderKeys } from "@muster/saml-sp";
import { z } from "../validation/zod.ts";
import { FETCH, flagOption, HOSTS, isFunction, isObject, optional } from "./option-leaves.ts";

export const SSO: z.ZodType<unknown> = z.strictObject({
  establishSession: optional(isFunction, {
    expected: "a function from a sign-in to { headers }",
    fix: "Set the cookie of your own session there.",
  }),
  defaultReturnPath: optional(isFunction, {
    expected: "a function from a tenant to a path",
    fix: 'Return where a sign-in ends that began nowhere, for example "/welcome".',
  }),
  signOut: optional(isFunction, {
    expected: "a function from { request, tenant } to { session, headers }",
    fix: "End the session of the request there, and take its cookie back.",
  }),
  endSessions: optional(isFunction, {
    expected: "a function from { tenant, nameId, sessionIndexes } to { headers }",
    fix: "End those sessions there, or leave it out and listen to account.signed_out.",
  }),
  bindToBrowser: flagOption("Write true if the url begins with https://, or leave it out."),
  metadata: z
    .strictObject({
      allowedHosts: HOSTS,
      fetch: FETCH,
    })
    .optional(),
  signingKeys: optional((value) => areKeyPairs("signingKeys", value), {
    expected: "a list of { privateKey, certificate } in PEM that belong together: RSA of 2048 bits or more, or EC",
    fix: "Leave it out to send requests without a signature.",
  }),
  decryptionKeys: optional((value) => areKeyPairs("decryptionKeys", value), {
    expected: "up to three { privateKey, certificate } in PEM that belong together, RSA of 2048 bits or more",
    fix: "Leave it out if no identity provider encrypts its assertions.",
  }),
});

function areKeyPairs(use: "signingKeys" | "decryptionKeys", value: unknown): boolean {
  if (!Array.isArray(value) || !value.every(isObject)) return false;
  try {
    checkServiceProviderKeys({ [use]: value });
    return true;
  } catch {
    return false;
  }
}
