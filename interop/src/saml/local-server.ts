/**
 * A server on a free port of 127.0.0.1, for as long as it is used.
 *
 * @module
 */
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** @param use gets the server, still without a listener, and its address */
export async function withServerOn<Result>(use: (server: Server, origin: string) => Promise<Result>): Promise<Result> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  try {
    return await use(server, `http://127.0.0.1:${port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
