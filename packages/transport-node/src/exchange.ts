/**
 * One request and its response.
 *
 * @module
 */
import type { ServerResponse } from "node:http";
import type { FetchHandler } from "./fetch-handler.ts";
import { type ExpressRequest, readRequest } from "./request.ts";
import { writeResponse } from "./response.ts";

/** Answers one request. A client that goes away aborts the request's signal, and is no error. */
export async function exchange(
  handler: FetchHandler,
  incoming: ExpressRequest,
  outgoing: ServerResponse,
): Promise<void> {
  const gone = new AbortController();
  outgoing.once("close", () => {
    if (!outgoing.writableFinished) gone.abort();
  });
  try {
    const response = await handler.fetch(await readRequest(incoming, gone.signal));
    await writeResponse(response, incoming, outgoing, gone.signal);
  } catch (error) {
    if (!gone.signal.aborted) throw error;
  }
}
