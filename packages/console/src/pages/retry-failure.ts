/**
 * The "Try again" button.
 *
 * @module
 */
import type { Context } from "hono";
import { refuse } from "../refusal.ts";
import type { ConsoleEnv } from "../viewer.ts";

export async function retryFailure(context: Context<ConsoleEnv>): Promise<Response> {
  const { admin, can } = context.env.viewer;
  if (!isOwnForm(context)) return refuse(context, 403, "This form was not sent from the console. Open the page again.");
  if (!can("operate")) return refuse(context, 403, 'You need the right "operate" for this.');
  await admin.syncFailures.retry(context.req.param("tenant") ?? "", context.req.param("failure") ?? "");
  return context.redirect(context.req.path.replace(/\/retry$/, ""), 303);
}

/** Browsers say where a form comes from, and scripts cannot lie about it: a page elsewhere cannot act for the viewer. */
function isOwnForm({ req }: Context<ConsoleEnv>): boolean {
  const site = req.header("sec-fetch-site");
  if (site !== undefined) return site === "same-origin";
  const origin = req.header("origin");
  return origin !== undefined && URL.canParse(origin) && new URL(origin).host === req.header("host");
}
