/**
 * A fetch handler as middleware of Express 4 and 5, below any mount path, before or after body parsers.
 *
 * @module
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { exchange } from "./exchange.ts";
import type { FetchHandler } from "./fetch-handler.ts";

/** What Express adds to a request, as far as it matters here: no dependency on its types. */
export type ExpressRequest = IncomingMessage & {
  /** The path as the client sent it, mount path included. */
  readonly originalUrl?: string;
  /** What a body parser made of the body. */
  readonly body?: unknown;
};

export type ExpressHandler = (
  request: ExpressRequest,
  response: ServerResponse,
  next: (error?: unknown) => void,
) => void;

/**
 * @param handler for example the engine; its failures go to Express's error handling
 * @example
 * app.use(express.json()); // before or after: both work
 * app.use("/provisioning", expressHandler(provisioning));
 */
export function expressHandler(handler: FetchHandler): ExpressHandler {
  return (request, response, next) => {
    exchange(handler, request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else next(error);
    });
  };
}
