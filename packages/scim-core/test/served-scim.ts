/**
 * The handler behind a real listener, so that bodies arrive in pieces and headers as clients write them.
 *
 * @module
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { createScimHandler, type ScimHandler } from "../src/http/index.ts";
import type { TranscriptTarget } from "../src/testing/index.ts";
import { RESOURCE_TYPES, TOKEN } from "./harness.ts";
import { memoryBackend } from "./memory-backend.ts";

const MOUNT = "/scim/v2/c-1";

/** An empty connection on a port of its own. */
export async function serveScim(): Promise<TranscriptTarget> {
  const backend = memoryBackend();
  const server = createServer((request, response) => {
    answer(handler, request, response).catch((error: Error) => response.destroy(error));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const baseUrl = `http://127.0.0.1:${port}${MOUNT}`;
  const handler = createScimHandler({
    resourceTypes: RESOURCE_TYPES,
    authenticate: async (token) => (token === TOKEN ? { backend, baseUrl } : undefined),
  });
  return {
    baseUrl,
    token: TOKEN,
    close: () => new Promise((resolve, reject) => server.close((error) => (error ? reject(error) : resolve()))),
  };
}

async function answer(handler: ScimHandler, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const request = toRequest(incoming);
  const response = await handler(request, new URL(request.url).pathname.slice(MOUNT.length), "c-1");
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.end(await response.text());
}

function toRequest(incoming: IncomingMessage): Request {
  const { method = "GET", url = "/", headers } = incoming;
  const hasBody = method !== "GET" && method !== "HEAD";
  return new Request(`http://127.0.0.1${url}`, {
    method,
    headers: Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]),
    ...(hasBody ? { body: Readable.toWeb(incoming) as ReadableStream<Uint8Array>, duplex: "half" } : {}),
  });
}
