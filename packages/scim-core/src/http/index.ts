/**
 * Owns the way from a `Request` to one typed call of a `ScimBackend`, and back: authentication, routes, limits, bodies,
 * answers. Never touches what the backend keeps, and knows of connections only the mount that it hands through.
 *
 * @module
 */
export type { AsyncCompletion, AsyncOperation, AsyncRequests } from "./async-requests.ts";
export { boundedBody, boundedBytes } from "./bounded-bytes.ts";
export { createScimHandler } from "./create-handler.ts";
export type { ScimDomain, ScimHandler, ScimHandlerOptions, ScimLimits } from "./handler.ts";
