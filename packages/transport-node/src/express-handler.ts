/**
 * A fetch handler as middleware of Express 4 and 5, below any mount path, before or after body parsers.
 *
 * @module
 */
import type { ServerResponse } from "node:http";
import { exchange } from "./exchange.ts";
import type { FetchHandler } from "./fetch-handler.ts";
import type { ExpressRequest } from "./request.ts";

export type ExpressHandler = (
  request: ExpressRequest,
  response: ServerResponse,
  next: (error?: unknown) => void,
) => void;

/**
 * A fetch handler as middleware: mount it at any path, before or after body parsers.
 *
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
