/**
 * Owns the admin console: pages over `provisioning.admin`, rendered on the server, that work without JavaScript.
 * Never touches stores, ports or sign-in: who may see what is the host's word, asked at each request.
 *
 * @module
 */
export { type ConsoleAuthorization, type ConsoleOptions, consoleHandler } from "./console-handler.ts";
