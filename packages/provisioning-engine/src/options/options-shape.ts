/**
 * The shape of the options. Each leaf says what it expects and how to put it right.
 *
 * @module
 */
import { HOOK_DEADLINE_SECONDS, type HookedEvent } from "../hook/hooks.ts";
import type { RetentionOptions } from "../sync/retention.ts";
import { z } from "../validation/zod.ts";
import { flagOption, hasFunctions, isFunction, isText, option, optional } from "./option-leaves.ts";
import { EXTENSIONS, RESOURCE_TYPES } from "./resource-options-shape.ts";
import { SCIM } from "./scim-options-shape.ts";
import { SSO } from "./sso-options-shape.ts";

const ROLES = optional((value) => Array.isArray(value) && value.every(isText) && new Set(value).size === value.length, {
  expected: "a list of roles, each once, highest first",
  fix: 'Write for example ["Owner", "Admin", "Editor"].',
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

const INSECURE = flagOption("Leave it out in production.");

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
  sso: SSO.optional(),
  scim: SCIM.optional(),
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
