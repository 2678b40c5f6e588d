/**
 * The engine as a host meets it: one handler, events, the typed management API, and one question.
 *
 * @module
 */
import { groupResourceType, userResourceType } from "@muster/scim-core";
import { teamAccountClassifier } from "./account/account-kind.ts";
import type { Admin } from "./admin/admin.ts";
import { createAdmin } from "./admin/create-admin.ts";
import { settleArchive } from "./archive/archive-job.ts";
import type { EngineContext } from "./context.ts";
import { defaultLogger } from "./default-logger.ts";
import type { EventName, Listener } from "./events.ts";
import { createHooks } from "./hook/create-hooks.ts";
import { createHealth } from "./http/health.ts";
import { createManagementApi } from "./http/management-api.ts";
import { createRouter } from "./http/router.ts";
import { createSamlSurface } from "./http/saml-surface.ts";
import { createScimSurface } from "./http/scim-surface.ts";
import { createTokenEndpoint } from "./http/token-endpoint.ts";
import { createLifecycle, type Lifecycle } from "./lifecycle.ts";
import { createMetadataRefresher } from "./metadata/metadata-refresher.ts";
import { checkOptions, type OptionProblem, type ProvisioningOptions, requireOptions } from "./options/options.ts";
import type { AccountId, Clock, TenantId } from "./ports/index.ts";
import { DEFAULT_ROLE_ORDER } from "./role-rule/role-rank.ts";
import { createQuestions } from "./role-rule/rule-condition.ts";
import { createEventStream, type EventStream } from "./security-event/event-stream.ts";
import { canSignIn } from "./sign-in/session-policy.ts";
import { createChangeFeed } from "./sync/change-feed.ts";
import { createRequestQueue, type RequestQueue } from "./sync/request-queue.ts";
import { createRetention } from "./sync/retention.ts";
import { createKeySets } from "./token/key-sets.ts";
import { uuidV7 } from "./uuid-v7.ts";
import { createWebhookWorker } from "./webhook/webhook-worker.ts";

/** A running engine. Several in one process share nothing. */
export interface Provisioning {
  /**
   * SCIM, SAML, the management API and health, below the option `url`. The first request migrates the store.
   *
   * @example
   * app.all("/provisioning/*", (context) => provisioning.fetch(context.req.raw));
   */
  fetch(request: Request): Promise<Response>;
  /**
   * Calls the listener after the commit of each such event, in order, at least once.
   *
   * @returns stops listening
   * @throws {ProvisioningError} `invalid_request` for an event that never happens
   * @example
   * provisioning.on("account.deactivated", ({ tenant, account }) => sessions.end(tenant, account.id));
   */
  on<Name extends EventName>(name: Name, listener: Listener<Name>): () => void;
  /** Everything that the management API and the console do, in the name of the host; `as` acts for somebody. */
  readonly admin: Admin;
  /**
   * Whether somebody may be signed in now; to be asked at each request of a session.
   *
   * @throws {ProvisioningError} `not_found` for an unknown tenant
   */
  canSignIn(tenant: TenantId, accountId: AccountId): Promise<boolean>;
  /**
   * Migrates the store and begins to deliver events. Happens by itself at the first use.
   *
   * @throws {ProvisioningError} `unavailable` while the store cannot be reached; ask again later
   */
  ready(): Promise<void>;
  /** Does what was accepted, delivers what was committed, and stops. The store stays open: it is the host's. */
  close(): Promise<void>;
}

export interface CreateProvisioning {
  (options: ProvisioningOptions): Provisioning;
  /** Every problem of the options, without throwing; none when they are good. */
  check(options: unknown): readonly OptionProblem[];
}

/**
 * Makes an engine.
 *
 * @param options where it is mounted, what it stores in, and what else the host decides
 * @throws {ProvisioningError} `invalid_options`, naming every problem
 * @example
 * const provisioning = createProvisioning({ url: "http://localhost:3000/provisioning", store: memoryStore() });
 */
export const createProvisioning: CreateProvisioning = Object.assign(create, { check: checkOptions });

function create(options: ProvisioningOptions): Provisioning {
  requireOptions(options);
  const queue = createRequestQueue();
  const stream = openEventStream(options, queue);
  const webhooks = options.webhooks && createWebhookWorker(options.webhooks, () => lifecycle.context);
  const retention = createRetention(options.retention);
  const feed = createChangeFeed(
    settleArchive,
    ...[stream, webhooks].flatMap((worker) => worker?.reader ?? []),
    retention.reader,
  );
  const refresher = options.sso?.metadata && createMetadataRefresher(options.sso.metadata);
  const background = {
    ...feed,
    start: async (context: EngineContext) => {
      await feed.start(context);
      refresher?.start(context);
    },
  };
  const lifecycle: Lifecycle = createLifecycle(options.store, background, (store) =>
    createContext(options, { store, feed, eventPolicy: stream?.policy, webhooks: webhooks?.webhooks }),
  );
  const { context } = lifecycle;
  const fetch = createRouter(context, {
    scim: createScimSurface(context, options.scim, stream),
    saml: createSamlSurface(context, options.sso),
    token: createTokenEndpoint(context, options.scim?.accessTokenMinutes),
    management: createManagementApi(context, options.admin?.authorize),
    health: createHealth(context),
  });
  return {
    fetch,
    on: feed.on,
    admin: createAdmin(context, { type: "host", id: "host" }),
    canSignIn: (tenant, accountId) => canSignIn(context, tenant, accountId),
    ready: lifecycle.ready,
    close: async () => {
      retention.close();
      await queue.close();
      await lifecycle.close();
      await refresher?.close();
      await webhooks?.close();
    },
  };
}

function openEventStream(options: ProvisioningOptions, queue: RequestQueue): EventStream | undefined {
  const { scim, clock = systemClock } = options;
  return scim?.securityEvents && createEventStream(scim.securityEvents, { url: baseUrlOf(options), clock, queue });
}

function createContext(
  options: ProvisioningOptions,
  parts: Pick<EngineContext, "store" | "feed" | "eventPolicy" | "webhooks">,
): EngineContext {
  const { clock = systemClock, logger = defaultLogger() } = options;
  const userType = userResourceType(options.user?.extensions);
  const { hosts = [], fetch = globalThis.fetch } = options.scim?.jwks ?? {};
  return {
    ...parts,
    url: baseUrlOf(options),
    clock,
    newId: options.newId ?? uuidV7(clock),
    logger,
    userType,
    groupType: groupResourceType(options.group?.extensions),
    resourceTypes: options.resourceTypes ?? [],
    hooks: options.hooks && createHooks(options.hooks),
    keySets: createKeySets({ hosts, fetch, clock, logger }),
    canSign: (options.sso?.signingKeys ?? []).length > 0,
    metadata: options.sso?.metadata,
    restoreDays: options.retention?.restoreDays,
    classify: options.user?.classify ?? teamAccountClassifier(userType),
    roleOrder: { ...DEFAULT_ROLE_ORDER, ...options.user?.roleOrder },
    questions: createQuestions(userType),
  };
}

const systemClock: Clock = () => new Date();

function baseUrlOf({ url }: ProvisioningOptions): string {
  return url.replace(/\/+$/, "");
}
