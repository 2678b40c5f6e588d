/**
 * From a response of fetch to one of `node:http`, at the pace of the client.
 *
 * @module
 */
import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { setImmediate } from "node:timers/promises";

/** @param gone aborted when the client goes away, which cancels the body */
export async function writeResponse(
  response: Response,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  gone: AbortSignal,
): Promise<void> {
  outgoing.statusCode = response.status;
  for (const [name, value] of response.headers) if (name !== "set-cookie") outgoing.setHeader(name, value);
  // Cookies must not be folded into one header (RFC 6265 §3).
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) outgoing.setHeader("set-cookie", cookies);
  if (response.body === null || incoming.method === "HEAD" || gone.aborted) {
    await response.body?.cancel();
    outgoing.end();
    return;
  }
  await writeBody(response.body.getReader(), outgoing, gone);
}

/** Read by hand: of what a response costs, nearly half would be the pipe from one kind of stream to the other. */
async function writeBody(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  outgoing: ServerResponse,
  gone: AbortSignal,
): Promise<void> {
  gone.addEventListener("abort", () => void reader.cancel().catch(() => undefined), { once: true });
  const first = await reader.read();
  const second = reader.read();
  // Text and bytes are one part, whose end is known at once: they leave whole, with their length.
  const isWhole = first.done || (await Promise.race([second, setImmediate()]))?.done === true;
  if (isWhole) return void outgoing.end(first.value);
  outgoing.write(first.value);
  for (let part = await second; !part.done; part = await reader.read()) {
    if (!outgoing.write(part.value)) await once(outgoing, "drain", { signal: gone });
  }
  outgoing.end();
}
