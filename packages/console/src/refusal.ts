/**
 * A page that says no.
 *
 * @module
 */
import type { Context } from "hono";
import { html } from "hono/html";
import { renderPage } from "./page.ts";
import type { ConsoleEnv } from "./viewer.ts";

/** @param reason a sentence for the reader */
export function refuse(context: Context<ConsoleEnv>, status: number, reason: string): Response | Promise<Response> {
  return renderPage(context, { title: "This does not work", body: html`<p role="alert">${reason}</p>`, status });
}
