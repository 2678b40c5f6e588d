/**
 * A listening socket that can be stopped politely.
 *
 * @module
 */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { CliError } from "../errors.ts";

export interface HttpServer {
  /** `http://ADDRESS:PORT`, without a trailing slash. */
  readonly url: string;
  /** Begins to answer. */
  answer(fetch: (request: Request) => Promise<Response>): void;
  /** Accepts nothing more and waits for the requests in flight, at most `graceMs`; then cuts them off. */
  close(graceMs: number): Promise<void>;
}

/**
 * @param address where to listen; port 0 picks a free one
 * @throws {CliError} `port_in_use`, `cannot_listen`
 */
export async function listen(address: { readonly host: string; readonly port: number }): Promise<HttpServer> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(cannotListen(address, error)));
    server.listen(address.port, address.host, resolve);
  });
  return {
    url: urlOf(server),
    // The globals stay as they are: other code in this process may rely on them.
    answer: (fetch) => void server.on("request", getRequestListener(fetch, { overrideGlobalObjects: false })),
    close: (graceMs) => close(server, graceMs),
  };
}

function cannotListen({ host, port }: { host: string; port: number }, cause: NodeJS.ErrnoException): CliError {
  if (cause.code === "EADDRINUSE") {
    const message = `Port ${port} on ${host} is in use. Stop the other process, or choose another with --port N; 0 picks a free one.`;
    return new CliError("port_in_use", message, { cause });
  }
  return new CliError("cannot_listen", `Cannot listen on ${host}, port ${port} (${cause.code}).`, { cause });
}

/** A wildcard address is no place to go: links name the loopback of its family instead. */
function urlOf(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo;
  if (family === "IPv6") return `http://[${address === "::" ? "::1" : address}]:${port}`;
  return `http://${address === "0.0.0.0" ? "127.0.0.1" : address}:${port}`;
}

async function close(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // Connections that were busy at the call to `close` become idle later, and would stay open until their time-out.
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  const cut = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearInterval(idle);
  clearTimeout(cut);
}
