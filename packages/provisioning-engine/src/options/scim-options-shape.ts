/**
 * The shape of the option `scim`.
 *
 * @module
 */
import type { ScimLimits } from "@muster/scim-core/http";
import { ACCESS_TOKEN_MINUTES } from "../connection/access-token.ts";
import { signingAlgorithm } from "../security-event/signing-key.ts";
import { z } from "../validation/zod.ts";
import { FETCH, HOSTS, isFunction, isText, option, optional } from "./option-leaves.ts";

const LIMIT = optional((value) => Number.isSafeInteger(value) && Number(value) > 0, {
  expected: "a positive whole number",
  fix: "Leave it out for the default.",
});

const LIMITS: Readonly<Record<keyof ScimLimits, z.ZodType<unknown>>> = {
  bodyBytes: LIMIT,
  patchOperations: LIMIT,
  bulkOperations: LIMIT,
  bulkBytes: LIMIT,
  filterBytes: LIMIT,
  maxResults: LIMIT,
  defaultResults: LIMIT,
  scannedResources: LIMIT,
  cursorSeconds: LIMIT,
  jsonDepth: LIMIT,
};

const SHORTEST_SECRET = 32;

function isTokenLifetime(value: unknown): boolean {
  const { min, max } = ACCESS_TOKEN_MINUTES;
  return Number.isSafeInteger(value) && Number(value) >= min && Number(value) <= max;
}

const isFilledText = (value: unknown): boolean => isText(value) && value !== "";

const isAudience = (names: readonly unknown[]): boolean => names.length > 0 && names.every(isFilledText);

const SECURITY_EVENTS = z.strictObject({
  issuer: optional(isFilledText, { expected: "a text", fix: "Leave it out to use the url." }),
  audience: option((value) => isFunction(value) || isAudience([value].flat()), {
    expected: "who receives the events: a text, a list of them, or a function from a tenant to them",
    fix: 'Name the receivers, for example "https://receiver.example.com".',
  }),
  signingKey: z.strictObject({
    key: option((value) => signingAlgorithm(value) !== undefined, {
      expected: "a private key as KeyObject: Ed25519, EC P-256 or P-384, or RSA of 2048 bits or more",
      fix: 'Read it with createPrivateKey of "node:crypto".',
    }),
    keyId: optional(isFilledText, { expected: "a text", fix: "Leave it out if there is one key only." }),
  }),
  mode: optional((value) => value === "notice" || value === "full", {
    expected: '"notice" or "full"',
    fix: "Leave it out to tell the names of what changed, and no values.",
  }),
  includes: optional(isFunction, {
    expected: "a function from { tenant, type, resource } to true or false",
    fix: "Leave it out to tell of all resources.",
  }),
  asyncRequest: optional((value) => value === "none" || value === "request", {
    expected: '"none" or "request"',
    fix: "Leave it out to answer each request when it is done.",
  }),
  deliver: option(isFunction, {
    expected: "a function that brings { token } to its receivers",
    fix: "Send the token there, and reject when it did not arrive.",
  }),
});

export const SCIM: z.ZodType<unknown> = z.strictObject({
  limits: z.strictObject(LIMITS).optional(),
  accessTokenMinutes: optional(isTokenLifetime, {
    expected: `a whole number from ${ACCESS_TOKEN_MINUTES.min} to ${ACCESS_TOKEN_MINUTES.max}`,
    fix: `Leave it out for ${ACCESS_TOKEN_MINUTES.min} minutes.`,
  }),
  jwks: z
    .strictObject({
      hosts: HOSTS,
      fetch: FETCH,
    })
    .optional(),
  securityEvents: SECURITY_EVENTS.optional(),
  cursorSecret: optional((value) => isText(value) && value.length >= SHORTEST_SECRET, {
    expected: `a secret of ${SHORTEST_SECRET} characters at least`,
    fix: "Leave it out: every connection then has one of its own in the store.",
  }),
});
