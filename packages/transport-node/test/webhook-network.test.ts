import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { nodeWebhookNetwork } from "../src/index.ts";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function listen(listener: RequestListener): Promise<number> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  servers.push(server);
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

const { resolve, post } = nodeWebhookNetwork();
const message = (url: string, signal = AbortSignal.timeout(5000)) => ({
  url,
  address: "127.0.0.1",
  headers: { "webhook-id": "1", "content-type": "application/json" },
  body: '{"name":"Zoë"}',
  signal,
});

describe("nodeWebhookNetwork", () => {
  it("posts to the address that was checked, whatever the name leads to", async () => {
    const seen: unknown[] = [];
    const port = await listen(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const { host, "webhook-id": id } = request.headers;
      seen.push([request.method, request.url, host, id, Buffer.concat(chunks).toString()]);
      response.writeHead(204).end();
    });
    const answer = await post(message(`http://nowhere.invalid:${port}/hook?a=1`));
    expect(answer).toEqual({ status: 204, retryAfter: null });
    expect(seen).toEqual([["POST", "/hook?a=1", `nowhere.invalid:${port}`, "1", '{"name":"Zoë"}']]);
  });

  it("follows no redirect", async () => {
    const paths: unknown[] = [];
    const port = await listen((request, response) => {
      paths.push(request.url);
      response.writeHead(307, { location: "/elsewhere", "retry-after": "7" }).end();
    });
    expect(await post(message(`http://a.invalid:${port}/`))).toEqual({ status: 307, retryAfter: "7" });
    expect(paths).toEqual(["/"]);
  });

  it("takes no long answer", async () => {
    let sent = 0;
    const port = await listen((_, response) => {
      const more = () => {
        while (!response.destroyed && sent < 1e9 && response.write("x".repeat(65_536))) sent += 65_536;
      };
      response.on("drain", more);
      more();
    });
    expect(await post(message(`http://a.invalid:${port}/`))).toEqual({ status: 200, retryAfter: null });
    expect(sent).toBeLessThan(1e8);
  });

  it("ends when nobody waits any more", async () => {
    const port = await listen(() => {});
    const waiting = post(message(`http://a.invalid:${port}/`, AbortSignal.timeout(50)));
    await expect(waiting).rejects.toThrow();
  });

  it("says why nobody is there", async () => {
    await expect(post(message("http://a.invalid:1/"))).rejects.toMatchObject({ code: "ECONNREFUSED" });
  });

  it("resolves to all addresses of a name", async () => {
    const addresses = await resolve("localhost");
    expect(addresses.every((address) => ["127.0.0.1", "::1"].includes(address))).toBe(true);
    expect(addresses).not.toEqual([]);
  });
});
