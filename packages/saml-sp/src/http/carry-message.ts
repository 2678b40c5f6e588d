/**
 * A message of ours on its way: as a redirect, or as a page that posts itself.
 *
 * @module
 */
import type { MessageName, OutgoingMessage } from "../outgoing-message.ts";
import { autoPostPage } from "./page.ts";

/**
 * @param title of the page, if there is one
 * @param headers for the browser, such as cookies
 */
export function carriedBy<Name extends MessageName>(
  message: OutgoingMessage<Name>,
  title: string,
  headers?: Headers,
): Response {
  return withHeaders(
    message.binding === "post" ? autoPostPage(title, message.action, message.fields) : redirect(message.url, 302),
    headers,
  );
}

/** To a page of the host: the browser follows with GET (RFC 9110 §15.4.4). */
export function seeOther(path: string, headers?: Headers): Response {
  return withHeaders(redirect(path, 303), headers);
}

function redirect(location: string, status: 302 | 303): Response {
  const headers = { location, "cache-control": "no-store", "referrer-policy": "no-referrer" };
  return new Response(null, { status, headers });
}

/** Appended, not set: cookies are several headers of one name, and ours stay as they are. */
function withHeaders(response: Response, headers: Headers | undefined): Response {
  for (const [name, value] of headers ?? []) response.headers.append(name, value);
  return response;
}
