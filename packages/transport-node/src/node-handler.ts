/**
 * A fetch handler as a listener of `node:http`.
 *
 * @module
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { exchange } from "./exchange.ts";
import type { FetchHandler } from "./fetch-handler.ts";

export type NodeHandler = (incoming: IncomingMessage, outgoing: ServerResponse) => void;

/**
 * A fetch handler as a listener of `createServer`.
 *
 * @param handler answers every request; one that it fails to answer gets a 500 without details
 * @param onError told of such failures
 * @example
 * createServer(nodeHandler(provisioning)).listen(3000);
 */
export function nodeHandler(handler: FetchHandler, onError: (error: unknown) => void = () => undefined): NodeHandler {
  return (incoming, outgoing) => {
    exchange(handler, incoming, outgoing).catch((error: unknown) => {
      onError(error);
      refuse(outgoing);
    });
  };
}

function refuse(outgoing: ServerResponse): void {
  if (outgoing.headersSent) return void outgoing.destroy();
  outgoing.writeHead(500, { "content-type": "application/json" });
  outgoing.end(JSON.stringify({ error: { code: "internal", message: "Something went wrong here." } }));
}
