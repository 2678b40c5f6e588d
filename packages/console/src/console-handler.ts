/**
 * The console as a fetch handler: asks who it is, finds the page, renders it.
 *
 * @module
 */
import { type Authorization, isProvisioningError, type Provisioning } from "@muster/provisioning-engine";
import { type Context, Hono } from "hono";
import { failurePage } from "./pages/failure.ts";
import { failuresPage } from "./pages/failures.ts";
import { groupsPage } from "./pages/groups.ts";
import { overviewPage } from "./pages/overview.ts";
import { peoplePage } from "./pages/people.ts";
import { personPage } from "./pages/person.ts";
import { retryFailure } from "./pages/retry-failure.ts";
import { setupPage } from "./pages/setup.ts";
import { signInsPage } from "./pages/sign-ins.ts";
import { tenantsPage } from "./pages/tenants.ts";
import { refuse } from "./refusal.ts";
import type { ConsoleEnv, Viewer } from "./viewer.ts";

/** Whom the host lets in, and to what. Null shows nothing, not even that there is a console. */
export type ConsoleAuthorization = Authorization | null;

export interface ConsoleOptions {
  readonly provisioning: Pick<Provisioning, "admin">;
  /** The host's own sign-in. Called at each request. */
  authorize(request: Request): ConsoleAuthorization | Promise<ConsoleAuthorization>;
  /** Where it is mounted, for example `/console`. */
  readonly basePath: string;
}

/**
 * The admin console as a fetch handler, for one path of your application.
 *
 * @param options the engine, where the console is mounted, and your decision who may see what
 * @example
 * const administer = consoleHandler({ provisioning, authorize: (request) => staffOf(request), basePath: "/console" });
 * app.all("/console/*", (context) => administer(context.req.raw));
 */
export function consoleHandler(options: ConsoleOptions): (request: Request) => Promise<Response> {
  const app = pages(options.basePath.replace(/\/+$/, ""));
  return async (request) => {
    const authorization = await options.authorize(request);
    if (authorization === null) return new Response("Not found", { status: 404 });
    return app.fetch(request, { viewer: viewer(options, authorization) });
  };
}

function pages(basePath: string): Hono<ConsoleEnv> {
  // Not strict: `/console` and `/console/` are one page.
  const app = new Hono<ConsoleEnv>({ strict: false }).basePath(basePath === "" ? "/" : basePath);
  app.use(async (context, next) =>
    context.env.viewer.can("read") ? next() : refuse(context, 403, 'You need the right "read" for this.'),
  );
  // A tenant that is not the viewer's looks like one that does not exist.
  app.use("/t/:tenant/*", async (context, next) =>
    context.env.viewer.maySee(context.req.param("tenant")) ? next() : refuse(context, 404, NO_SUCH_PAGE),
  );
  app.get("/", tenantsPage);
  app.get("/t/:tenant", overviewPage);
  app.get("/t/:tenant/people", peoplePage);
  app.get("/t/:tenant/people/:account", personPage);
  app.get("/t/:tenant/groups", groupsPage);
  app.get("/t/:tenant/setup", setupPage);
  app.get("/t/:tenant/sign-ins", signInsPage);
  app.get("/t/:tenant/failures", failuresPage);
  app.get("/t/:tenant/failures/:failure", failurePage);
  app.post("/t/:tenant/failures/:failure/retry", retryFailure);
  app.notFound((context) => refuse(context, 404, NO_SUCH_PAGE));
  app.onError(onError);
  return app;
}

const NO_SUCH_PAGE = "There is no such page, or it is not yours to see.";

function viewer({ provisioning, basePath }: ConsoleOptions, { actor, tenants, can }: Authorization): Viewer {
  return {
    admin: provisioning.admin.as({ type: "person", id: actor }),
    basePath: basePath.replace(/\/+$/, ""),
    tenants,
    maySee: (tenant) => tenants === "all" || tenants.includes(tenant),
    can: (right) => can === "all" || can.includes(right),
  };
}

function onError(error: Error, context: Context<ConsoleEnv>): Response | Promise<Response> {
  // What the engine refuses is for the reader; everything else belongs to the host's own error handling.
  if (!isProvisioningError(error) || error.status >= 500) throw error;
  return refuse(context, error.status, [error.message, error.hint].filter((part) => part !== undefined).join(" "));
}
