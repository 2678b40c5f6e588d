/**
 * An application that embeds the engine, as small as it gets: the engine's handler, the console, sessions, one page.
 *
 * @module
 */
import { consoleHandler } from "@muster/console";
import {
  createProvisioning,
  extension,
  flag,
  isProvisioningError,
  type KeyPair,
  type Logger,
  type Provisioning,
  type ResourceType,
  type Store,
} from "@muster/provisioning-engine";
import { nodeWebhookNetwork } from "@muster/transport-node";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { meHandler } from "./me.ts";
import { operators } from "./operators.ts";
import { memorySessions } from "./sessions.ts";

export interface HostOptions {
  /** As the outside world sees this host, without a trailing slash. */
  readonly url: string;
  readonly store: Store;
  readonly adminToken: string;
  /** RSA. With one, people sign out everywhere and assertions may be encrypted; none when absent. */
  readonly ssoKeys?: readonly KeyPair[] | undefined;
  /** Lets webhooks reach this machine and its network, also over `http:`. */
  readonly allowPrivateWebhooks: boolean;
  /** Served beside Users and Groups. */
  readonly resourceTypes: readonly ResourceType[];
  readonly logger: Logger;
}

export interface Host {
  fetch(request: Request): Promise<Response>;
  readonly provisioning: Provisioning;
  /** A link that opens the console once without asking for the admin token. */
  consoleLink(): string;
}

/** The attribute by which a directory tells team members from readers. */
const TEAM_ACCOUNT = "urn:ietf:params:scim:schemas:extension:document360:2.0:User";
const CONSOLE = "/console";
const SIGN_IN_FORM_BYTES = 4096;

/** @param options where it is reachable, what it stores in, who may operate it */
export function createHost(options: HostOptions): Host {
  const sessions = memorySessions();
  const operator = operators(options.adminToken, CONSOLE);
  const provisioning = createProvisioning({
    url: options.url,
    store: options.store,
    user: { extensions: [extension(TEAM_ACCOUNT, { isTeamAccount: flag({ aliases: ["isUser"] }) })] },
    resourceTypes: options.resourceTypes,
    admin: { authorize: operator.bearer },
    sso: {
      establishSession: (signIn) => ({ headers: { "set-cookie": sessions.begin(signIn) } }),
      defaultReturnPath: (tenant) => `/t/${tenant}/me`,
      signingKeys: options.ssoKeys,
      decryptionKeys: options.ssoKeys,
      signOut: ({ request, tenant }) => sessions.signOut(request, tenant),
      endSessions: ({ tenant, ...ended }) => {
        sessions.endSaml(tenant, ended);
        return {};
      },
    },
    webhooks: {
      network: nodeWebhookNetwork(),
      insecureAllowHttp: options.allowPrivateWebhooks,
      insecureAllowPrivateAddresses: options.allowPrivateWebhooks,
    },
    logger: options.logger,
  });
  provisioning.on("account.deactivated", ({ tenant, account }) => sessions.end(tenant, account.id));
  const administer = consoleHandler({ provisioning, authorize: operator.browser, basePath: CONSOLE });

  const app = new Hono();
  app.onError((error, context) => failure(error, context, options.logger));
  app.get("/", (context) => context.redirect(CONSOLE));
  app.get("/t/:tenant/me", meHandler(provisioning, sessions));
  app.use("/sign-in", bodyLimit({ maxSize: SIGN_IN_FORM_BYTES }));
  app.route("/sign-in", operator.routes);
  for (const path of [CONSOLE, `${CONSOLE}/*`]) {
    app.all(path, (context) =>
      operator.browser(context.req.raw) ? administer(context.req.raw) : operator.challenge(context),
    );
  }
  app.all("*", (context) => provisioning.fetch(context.req.raw));

  return {
    fetch: async (request) => app.fetch(request),
    provisioning,
    consoleLink: () => options.url + operator.link(),
  };
}

/** What the page handlers let through: a store that is away is told apart from a bug, and neither is described. */
function failure(error: Error, context: Context, logger: Logger): Response {
  if (isProvisioningError(error) && error.code === "unavailable") {
    context.header("retry-after", "5");
    return context.json({ error: { code: "unavailable", message: "Try again in a few seconds." } }, 503);
  }
  logger.error({ path: context.req.path, error: error.message }, "A page failed.");
  return context.json({ error: { code: "internal", message: "Something went wrong here." } }, 500);
}
