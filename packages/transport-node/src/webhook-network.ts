import { lookup } from "node:dns/promises";
import type { IncomingMessage } from "node:http";
import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { LookupFunction } from "node:net";
import { isIPv6 } from "node:net";

/** What is to be posted, and where exactly. */
export interface OutgoingPost {
  readonly url: string;
  /** The only IP address that may be connected to. */
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal: AbortSignal;
}

/** Fits the option `webhooks.network` of the engine. */
export interface NodeWebhookNetwork {
  resolve(hostname: string): Promise<readonly string[]>;
  post(request: OutgoingPost): Promise<{ readonly status: number; readonly retryAfter: string | null }>;
}

/** Of an answer, whose body nobody reads. */
const MOST_BYTES = 64 * 1024;

/**
 * The way of webhooks to the network, by the system's resolver and `node:https`: a connection of its own for each message,
 * to the address that was checked, and without redirects.
 *
 * @example
 * createProvisioning({ url, store, webhooks: { network: nodeWebhookNetwork() } });
 */
export function nodeWebhookNetwork(): NodeWebhookNetwork {
  return {
    resolve: async (hostname) => (await lookup(hostname, { all: true })).map(({ address }) => address),
    post: ({ url, address, headers, body, signal }) =>
      new Promise((resolve, reject) => {
        const target = new URL(url);
        const send = target.protocol === "https:" ? requestHttps : requestHttp;
        const options = { method: "POST", headers: { ...headers, "content-length": Buffer.byteLength(body) }, signal };
        const request = send(target, { ...options, agent: false, lookup: pinnedTo(address) }, (response) => {
          const { statusCode = 0, headers: answered } = response;
          discard(response, () => resolve({ status: statusCode, retryAfter: answered["retry-after"] ?? null }));
        });
        request.on("error", reject);
        request.end(body);
      }),
  };
}

/** Whatever the name leads to by now. The certificate is checked against the name. */
function pinnedTo(address: string): LookupFunction {
  const family = isIPv6(address) ? 6 : 4;
  return (_hostname, { all }, callback) => {
    if (all) callback(null, [{ address, family }]);
    else callback(null, address, family);
  };
}

/** Lets a short body arrive, so that the receiver is not cut off, and no long one. */
function discard(response: IncomingMessage, done: () => void): void {
  let bytes = 0;
  response.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) response.destroy();
  });
  response.on("error", () => {});
  response.on("close", done);
}
