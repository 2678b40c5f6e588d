/**
 * From a request of `node:http` to one of fetch. A small body is taken at once, a large one streams; one that a parser has
 * consumed is made again.
 *
 * @module
 */
import type { IncomingMessage } from "node:http";
import { remakeBody } from "./parsed-body.ts";
import { streamedBody } from "./streamed-body.ts";

/** What Express adds to a request, as far as it matters here: no dependency on its types. */
export type ExpressRequest = IncomingMessage & {
  /** The path as the client sent it, mount path included. */
  readonly originalUrl?: string;
  /** What a body parser made of the body. */
  readonly body?: unknown;
};

/** Headers that describe the bytes on the wire, which are not those of a body that was made again. */
const WIRE_HEADERS = ["content-length", "content-encoding", "transfer-encoding"];

/** A proxy sends the whole URL as request target (RFC 9112 §3.2.2). */
const ABSOLUTE_FORM = /^[a-z][a-z0-9+.-]*:\/\/[^/?]*/i;

/** What is announced to be no longer is not worth a stream. Whether it is too long is for the handler to say. */
const SMALL_BYTES = 64 * 1024;

/**
 * @param signal aborted when the client goes away
 * @throws {Error} when the client goes away in the middle of a small body
 */
export async function readRequest(incoming: ExpressRequest, signal: AbortSignal): Promise<Request> {
  const method = incoming.method ?? "GET";
  const init = { method, headers: readHeaders(incoming), signal };
  if (method === "GET" || method === "HEAD") return new Request(requestUrl(incoming), init);
  if (incoming.readableDidRead) {
    for (const name of WIRE_HEADERS) init.headers.delete(name);
    return new Request(requestUrl(incoming), { ...init, body: remakeBody(incoming.body, init.headers) });
  }
  if (isSmall(incoming)) return new Request(requestUrl(incoming), { ...init, body: await readSmall(incoming) });
  // A streaming body must say half duplex (Fetch §5.3).
  return new Request(requestUrl(incoming), { ...init, body: streamedBody(incoming), duplex: "half" });
}

/** The announced length is what frames the body (RFC 9112 §6.3, RFC 9113 §8.1.1): no more of it arrives. */
function isSmall({ headers }: IncomingMessage): boolean {
  const announced = headers["content-length"] ?? "";
  return /^\d+$/.test(announced) && Number(announced) <= SMALL_BYTES;
}

async function readSmall(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The Host header is the client's word; it fills the origin and decides nothing. */
function requestUrl({ url, originalUrl, headers, socket }: ExpressRequest): string {
  const scheme = "encrypted" in socket && socket.encrypted ? "https" : "http";
  const path = (originalUrl ?? url ?? "/").replace(ABSOLUTE_FORM, "").replace(/^(?!\/)/, "/");
  const origin = `${scheme}://${headers.host ?? "localhost"}`;
  return URL.canParse(origin + path) ? origin + path : `${scheme}://localhost${path}`;
}

function readHeaders({ rawHeaders }: IncomingMessage): Headers {
  const headers = new Headers();
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const [name = "", value = ""] = rawHeaders.slice(index, index + 2);
    // HTTP/2 pseudo-headers are no headers to fetch.
    if (!name.startsWith(":")) headers.append(name, value);
  }
  return headers;
}
