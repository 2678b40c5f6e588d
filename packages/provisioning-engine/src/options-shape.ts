/**
 * The shape of the options. Each leaf says what it expects and how to put it right.
 *
 * @module
 */

import { checkServiceProviderKeys } from "@muster/saml-sp";
import { type Attribute, type Extension, GROUP_URN, type ResourceType, USER_URN } from "@muster/scim-core";
import type { ScimLimits } from "@muster/scim-core/http";
import { ACCESS_TOKEN_MINUTES } from "./connection/access-token.ts";
import { HOOK_DEADLINE_SECONDS, type HookedEvent } from "./hook/hooks.ts";
import { signingAlgorithm } from "./security-event/signing-key.ts";
import type { RetentionOptions } from "./sync/retention.ts";
import { z } from "./validation/zod.ts";

interface Advice {
  readonly expected: string;
  readonly fix: string;
}

/** A leaf: anything that passes. */
function option(passes: (value: unknown) => boolean, advice: Advice): z.ZodType<unknown> {
  return z.unknown().refine((value) => passes(value), { params: { ...advice } });
}

function optional(passes: (value: unknown) => boolean, advice: Advice): z.ZodType<unknown> {
  return option((value) => value === undefined || passes(value), advice).optional();
}

const isFunction = (value: unknown): boolean => typeof value === "function";

function hasFunctions(...names: readonly string[]): (value: unknown) => boolean {
  return (value) =>
    typeof value === "object" &&
    value !== null &&
    names.every((name) => isFunction((value as Readonly<Record<string, unknown>>)[name]));
}

const EXTENSIONS = optional((value) => Array.isArray(value) && value.every(isExtension) && fitTogether(value), {
  expected: "a list of extensions, each with a URN of its own and without unique attributes",
  fix: 'Make each with extension("urn:example:…", { … }); unique attributes are for types of your own.',
});

/** As far as a mistake could go; what `extension()` made is right in itself. */
function isExtension(value: unknown): value is Extension<object> {
  return isObject(value) && isText(value.urn) && isSchema(value.schema);
}

function fitTogether(extensions: readonly Extension<object>[]): boolean {
  const isUnique = ({ uniqueness, subAttributes = [] }: Attribute): boolean =>
    uniqueness !== "none" || subAttributes.some(isUnique);
  const attributes = extensions.flatMap(({ schema }) => schema.attributes);
  return areDistinct(extensions.map(({ urn }) => urn)) && !attributes.some(isUnique);
}

const RESOURCE_TYPES = optional((value) => Array.isArray(value) && value.every(isResourceType) && areFree(value), {
  expected: "a list of resource types, each with a name, an endpoint and a schema that no other type has",
  fix: 'Make each with defineResourceType({ name: "Device", endpoint: "/Devices", schema }).',
});

function isResourceType(value: unknown): value is ResourceType {
  return (
    isObject(value) &&
    isText(value.name) &&
    isText(value.endpoint) &&
    isSchema(value.schema) &&
    Array.isArray(value.extensions)
  );
}

/** User and Group are types already. */
function areFree(types: readonly ResourceType[]): boolean {
  return (
    areDistinct(["User", "Group", ...types.map(({ name }) => name)]) &&
    areDistinct(["/Users", "/Groups", ...types.map(({ endpoint }) => endpoint)]) &&
    areDistinct([USER_URN, GROUP_URN, ...types.map(({ schema }) => schema.id)])
  );
}

function isSchema(value: unknown): boolean {
  return isObject(value) && isText(value.id) && Array.isArray(value.attributes);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function isBoolean(value: unknown): value is boolean {
  return typeof value === "boolean";
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

/** Letter case makes no difference (RFC 7643 §2.1, RFC 8141 §3.1). */
function areDistinct(names: readonly string[]): boolean {
  return new Set(names.map((name) => name.toLowerCase())).size === names.length;
}

const ROLES = optional((value) => Array.isArray(value) && value.every(isText) && new Set(value).size === value.length, {
  expected: "a list of roles, each once, highest first",
  fix: 'Write for example ["Owner", "Admin", "Editor"].',
});

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

/** As the host of an address reads back, so that comparing is enough; a pattern would never be met. */
function isHost(value: unknown): boolean {
  if (!isText(value) || value.includes("*") || !URL.canParse(`https://${value}`)) return false;
  return new URL(`https://${value}`).host === value;
}

const HOSTS = option((value) => Array.isArray(value) && value.every(isHost), {
  expected: "a list of hosts in lower case, without scheme and path",
  fix: 'Write for example ["login.microsoftonline.com"].',
});

const FETCH = optional(isFunction, {
  expected: "a function from an address to a Response, such as fetch",
  fix: "Leave it out for the global fetch.",
});

const isFilledText = (value: unknown): boolean => isText(value) && value !== "";

const isAudience = (names: readonly unknown[]): boolean => names.length > 0 && names.every(isFilledText);

function areKeyPairs(use: "signingKeys" | "decryptionKeys", value: unknown): boolean {
  if (!Array.isArray(value) || !value.every(isObject)) return false;
  try {
    checkServiceProviderKeys({ [use]: value });
    return true;
  } catch {
    return false;
  }
}

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

const HOOK = optional(isFunction, {
  expected: "a function from an event to nothing",
  fix: "Return to agree, throw veto(…) to refuse.",
});

const HOOKS_BEFORE: Readonly<Record<HookedEvent, z.ZodType<unknown>>> = {
  "account.created": HOOK,
  "account.updated": HOOK,
  "account.relinked": HOOK,
  "account.kind_changed": HOOK,
  "account.deactivated": HOOK,
  "account.reactivated": HOOK,
  "account.deleted": HOOK,
  "group.created": HOOK,
  "group.updated": HOOK,
  "group.deleted": HOOK,
  "group.members_added": HOOK,
  "group.members_removed": HOOK,
};

const HOOKS = z.strictObject({
  before: z.strictObject(HOOKS_BEFORE),
  deadlineSeconds: optional(isDeadline, {
    expected: `a number of seconds up to ${HOOK_DEADLINE_SECONDS.max}`,
    fix: `Leave it out for ${HOOK_DEADLINE_SECONDS.default}.`,
  }),
});

function isDeadline(value: unknown): boolean {
  return typeof value === "number" && value > 0 && value <= HOOK_DEADLINE_SECONDS.max;
}

const INSECURE = optional(isBoolean, {
  expected: "true or false",
  fix: "Leave it out in production.",
});

const WEBHOOKS = z.strictObject({
  network: option(hasFunctions("resolve", "post"), {
    expected: "an object with resolve and post",
    fix: "Pass nodeWebhookNetwork() of @muster/transport-node.",
  }),
  insecureAllowHttp: INSECURE,
  insecureAllowPrivateAddresses: INSECURE,
});

const DAYS = optional((value) => typeof value === "number" && value > 0 && value < 100_000, {
  expected: "a number of days",
  fix: "Leave it out for the default.",
});

const RETENTION: Readonly<Record<keyof RetentionOptions, z.ZodType<unknown>>> = {
  eventDays: DAYS,
  unreadEventDays: DAYS,
  syncEventDays: DAYS,
  failureDays: DAYS,
  auditDays: DAYS,
  deliveryDays: DAYS,
  restoreDays: DAYS,
};

/** Everything that `createProvisioning` takes, and nothing else. */
export const OPTIONS_SHAPE: z.ZodType<unknown> = z.strictObject({
  url: option(isEngineUrl, {
    expected: 'an absolute address without query, which in production begins with "https://"',
    fix: 'Write where you mount the handler, for example "https://app.example.com/provisioning".',
  }),
  store: option(hasFunctions("transaction", "migrate", "close"), {
    expected: "a store",
    fix: "Pass memoryStore() to begin with.",
  }),
  user: z
    .strictObject({
      extensions: EXTENSIONS,
      classify: optional(isFunction, {
        expected: 'a function from a person to "user", "reader" or undefined',
        fix: "Leave it out to use isTeamAccount.",
      }),
      roleOrder: z.strictObject({ portal: ROLES, content: ROLES }).optional(),
    })
    .optional(),
  group: z.strictObject({ extensions: EXTENSIONS }).optional(),
  resourceTypes: RESOURCE_TYPES,
  admin: z
    .strictObject({
      authorize: option(isFunction, {
        expected: "a function from a request to { actor, tenants, can } or null",
        fix: "Check the credential of the request there, or leave admin out: then there is no management API.",
      }),
    })
    .optional(),
  sso: z
    .strictObject({
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
      bindToBrowser: optional(isBoolean, {
        expected: "true or false",
        fix: "Write true if the url begins with https://, or leave it out.",
      }),
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
    })
    .optional(),
  scim: z
    .strictObject({
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
    })
    .optional(),
  hooks: HOOKS.optional(),
  webhooks: WEBHOOKS.optional(),
  retention: z.strictObject(RETENTION).optional(),
  logger: optional(hasFunctions("debug", "info", "warn", "error"), {
    expected: "an object with debug, info, warn and error",
    fix: "console and pino fit as they are.",
  }),
  clock: optional(isFunction, { expected: "a function that returns a Date", fix: "Leave it out for the system's." }),
  newId: optional(isFunction, { expected: "a function that returns a new id", fix: "Leave it out for UUIDs." }),
});

/** Loud in production, where tokens and assertions would travel in the clear. */
function isEngineUrl(value: unknown): boolean {
  if (typeof value !== "string" || !URL.canParse(value)) return false;
  const { protocol, hostname, search, hash, username } = new URL(value);
  if (search !== "" || hash !== "" || username !== "") return false;
  return protocol === "https:" || (protocol === "http:" && (isThisMachine(hostname) || !isProduction()));
}

function isThisMachine(hostname: string): boolean {
  return hostname === "localhost" || hostname.endsWith(".localhost") || hostname === "[::1]" || isLoopback(hostname);
}

function isLoopback(hostname: string): boolean {
  return /^127(\.\d{1,3}){3}$/.test(hostname);
}

function isProduction(): boolean {
  return globalThis.process?.env.NODE_ENV === "production";
}
