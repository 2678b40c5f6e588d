/**
 * Pages of Keycloak, for messages.
 *
 * @module
 */
import type { Page } from "../browser.ts";

/** The words of a page, as far as they fit into a message. */
export function saidBy({ status, text }: Page): string {
  const body = text.replace(/<(script|style|head)\b.*?<\/\1>/gis, " ").replace(/<[^>]*>/g, " ");
  return `status ${status}, ${body.replace(/\s+/g, " ").trim().slice(0, 200)}`;
}
