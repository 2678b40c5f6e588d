/** Anything that answers a fetch `Request`: the engine, the console, a Hono application. */
export interface FetchHandler {
  fetch(request: Request): Response | Promise<Response>;
}
