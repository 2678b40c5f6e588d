/**
 * Owns the way from `node:http` and Express to a fetch handler and back: streaming, bodies that were parsed before,
 * clients that go away; and the way of webhooks to the network. Never touches what is in a request or a response, SCIM and SAML least of all.
 *
 * @module
 */
export { type ExpressHandler, expressHandler } from "./express-handler.ts";
export type { FetchHandler } from "./fetch-handler.ts";
export { type NodeHandler, nodeHandler } from "./node-handler.ts";
export type { ExpressRequest } from "./request.ts";
export { type NodeWebhookNetwork, nodeWebhookNetwork, type OutgoingPost } from "./webhook-network.ts";
