/**
 * Owns the `muster` command: `serve` runs the example host, `demo` plays a provisioning life on it, `simulate` plays an
 * identity provider, `conformance` checks any SCIM service. Never touches domain logic: it calls the engine's public
 * methods and HTTP surfaces like any host.
 *
 * @module
 */
export { CliError, type CliErrorCode } from "./errors.ts";
export type { ServerDescription, TenantDescription } from "./host/description.ts";
export type { SeedOptions } from "./host/seed-acme.ts";
export { type RunningServer, type ServerOptions, startServer } from "./host/server.ts";
export type { SeatOption } from "./option-types.ts";
export { run } from "./run.ts";
export type { Terminal } from "./terminal.ts";
