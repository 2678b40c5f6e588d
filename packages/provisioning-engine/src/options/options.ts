/**
 * What a host tells `createProvisioning`, and how it is checked: once, completely, with every problem at once.
 *
 * @module
 */
import type { Extension, ResourceType } from "@muster/scim-core";
import type { ScimLimits } from "@muster/scim-core/http";
import type { Classify } from "../context.ts";
import { ProvisioningError } from "../errors.ts";
import type { HookOptions } from "../hook/hooks.ts";
import type { Authorize } from "../http/authorization.ts";
import type { Clock, Logger, NewId, Store } from "../ports/index.ts";
import type { RoleOrder } from "../role-rule/role-rank.ts";
import type { SecurityEventOptions } from "../security-event/security-event.ts";
import type { SsoOptions } from "../sign-in/saml-connections.ts";
import type { RetentionOptions } from "../sync/retention.ts";
import type { FetchKeys } from "../token/fetch-keys.ts";
import { pathText } from "../validation/checked.ts";
import { didYouMean } from "../validation/did-you-mean.ts";
import { knownKeys } from "../validation/known-keys.ts";
import type { z } from "../validation/zod.ts";
import type { WebhookOptions } from "../webhook/webhook.ts";
import { OPTIONS_SHAPE } from "./options-shape.ts";

export interface ProvisioningOptions {
  /**
   * Where the handler is mounted, as the outside world sees it: every address that is given out is made from it. In
   * production it begins with `https://`.
   *
   * @example "https://app.example.com/provisioning"
   */
  readonly url: string;
  /** Where everything is kept: `memoryStore()`, a store of `@muster/storage-sql`, or one of your own. */
  readonly store: Store;
  readonly user?:
    | {
        /** Your own attributes of people, see `extension()`. */
        readonly extensions?: readonly Extension<object>[] | undefined;
        /** Tells a user from a reader; `isTeamAccount` of any of your extensions when absent. */
        readonly classify?: Classify | undefined;
        /**
         * Your roles, highest first, for rules of which the highest role counts. `Owner`, `Admin`, `Contributor` and
         * `Editor`, `Draft writer` when absent.
         */
        readonly roleOrder?: Partial<RoleOrder> | undefined;
      }
    | undefined;
  readonly group?: { readonly extensions?: readonly Extension<object>[] | undefined } | undefined;
  /** Your own resource types beside User and Group, see `defineResourceType()`; stored and served as their schemas say. */
  readonly resourceTypes?: readonly ResourceType[] | undefined;
  /** Who may use the management API. Without it there is none. */
  readonly admin?: { readonly authorize: Authorize } | undefined;
  readonly sso?: SsoOptions | undefined;
  readonly scim?: ScimOptions | undefined;
  /** Your say before accounts and groups change. */
  readonly hooks?: HookOptions | undefined;
  /** Posts the events of each tenant to where it wants them; nothing is posted when absent. */
  readonly webhooks?: WebhookOptions | undefined;
  /** How long events and logs are kept, and archived connections can come back. */
  readonly retention?: RetentionOptions | undefined;
  /** Warnings and errors go to the console when absent. */
  readonly logger?: Logger | undefined;
  /** For tests and replays; the system's when absent. */
  readonly clock?: Clock | undefined;
  /** Makes identifiers, each greater than the one before; UUIDs of version 7 when absent. */
  readonly newId?: NewId | undefined;
}

export interface ScimOptions {
  /** Budgets of SCIM requests. */
  readonly limits?: Partial<ScimLimits> | undefined;
  /**
   * Seals the cursors of all connections: 32 characters at least that nobody can guess. Without it every connection has a
   * secret of its own in the store.
   */
  readonly cursorSecret?: string | undefined;
  /** How long access tokens of OAuth clients live: 60 to 360, as Entra's gallery asks; 60 when absent. */
  readonly accessTokenMinutes?: number | undefined;
  /** From where the keys of token issuers may be fetched that connections name; from nowhere when absent. */
  readonly jwks?: JwksOptions | undefined;
  /** Tells others of a directory's writes as signed tokens (RFC 9967); nobody is told when absent. */
  readonly securityEvents?: SecurityEventOptions | undefined;
}

export interface JwksOptions {
  /**
   * Hosts, each as it stands in the address.
   *
   * @example ["login.microsoftonline.com"]
   */
  readonly hosts: readonly string[];
  /** Your own way to the network, for example through a proxy; the global `fetch` when absent. */
  readonly fetch?: FetchKeys | undefined;
}

/** One thing that is wrong with the options. */
export interface OptionProblem {
  /** Dotted path of the option. */
  readonly path: string;
  readonly expected: string;
  readonly got: string;
  /** What to write instead. */
  readonly fix: string;
}

/**
 * @param options what a host passed, of any type
 * @returns every problem; none when the options are good
 */
export function checkOptions(options: unknown): readonly OptionProblem[] {
  const result = OPTIONS_SHAPE.safeParse(options);
  return result.success ? [] : result.error.issues.flatMap((issue) => problemsOf(issue, options));
}

/**
 * @throws {ProvisioningError} `invalid_options`; its `facts.problems` are those of `checkOptions`
 */
export function requireOptions(options: unknown): asserts options is ProvisioningOptions {
  const problems = checkOptions(options);
  if (problems.length === 0) return;
  const lines = problems.map(({ path, expected, got, fix }) => `  ${path}: expected ${expected}, got ${got}. ${fix}`);
  const count = problems.length === 1 ? "One option is" : `${problems.length} options are`;
  throw new ProvisioningError("invalid_options", [`createProvisioning: ${count} not usable.`, ...lines].join("\n"), {
    hint: "createProvisioning.check(options) returns the problems without throwing.",
    facts: { problems },
  });
}

function problemsOf(issue: z.core.$ZodIssue, options: unknown): readonly OptionProblem[] {
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => unknownOption(issue.path, key));
  const path = pathText(issue.path) || "options";
  const got = describeValue(valueAt(options, issue.path), issue.path);
  if (issue.code !== "custom") return [{ path, expected: "an object", got, fix: "Write { … }, or leave it out." }];
  const { expected, fix } = issue.params as Pick<OptionProblem, "expected" | "fix">;
  return [{ path, expected, got, fix }];
}

function unknownOption(parent: readonly PropertyKey[], key: string): OptionProblem {
  const known = knownKeys(OPTIONS_SHAPE, parent);
  const meant = didYouMean(key, known);
  return {
    path: pathText([...parent, key]),
    expected: `one of ${known.join(", ")}`,
    got: "an unknown option",
    fix: meant === undefined ? "Remove it." : `Did you mean "${meant}"?`,
  };
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((at, key) => {
    const inside = typeof at === "object" && at !== null && Object.hasOwn(at, key);
    return inside ? (at as Readonly<Record<PropertyKey, unknown>>)[key] : undefined;
  }, value);
}

const LONGEST_TEXT_SHOWN = 60;

/** Short texts are shown unless they are meant to be secret, everything else is named: it may be large or secret too. */
function describeValue(value: unknown, path: readonly PropertyKey[]): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "string") return describeText(value, path.at(-1) === "cursorSecret");
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return typeof value === "function" ? "a function" : "an object";
}

function describeText(text: string, isSecret: boolean): string {
  if (isSecret) return `a text of ${text.length}`;
  return text.length > LONGEST_TEXT_SHOWN ? "a long text" : JSON.stringify(text);
}
