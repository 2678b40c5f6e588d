/** Webhooks of the example host, from a push over HTTP to a receiver on this machine. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createEntraClient, makePeople } from "@muster/idp-simulator";
import { verifyWebhook } from "@muster/provisioning-engine";
import { afterEach, describe, expect, it } from "vitest";
import { type RunningServer, startServer } from "../src/index.ts";
import { SILENT_LOGGER } from "../src/logger.ts";

interface Received {
  readonly headers: Record<string, string>;
  readonly body: string;
}

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** Takes everything. */
async function receiver(): Promise<{ readonly url: string; readonly received: readonly Received[] }> {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    received.push({
      headers: request.headers as Record<string, string>,
      body: Buffer.concat(chunks).toString("utf8"),
    });
    response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  stops.push(() => new Promise((resolve) => server.close(resolve)));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, received };
}

async function start(allowPrivateWebhooks?: boolean): Promise<RunningServer> {
  const seed = { allowIdpInitiated: false };
  const address = { host: "127.0.0.1", port: 0, store: "memory:" };
  const server = await startServer({ ...address, seed, allowPrivateWebhooks, logger: SILENT_LOGGER });
  stops.push(server.stop);
  return server;
}

async function subscribe({ description }: RunningServer, url: string) {
  const response = await fetch(`${description.adminApiUrl}/tenants/acme/webhooks`, {
    method: "POST",
    headers: { authorization: `Bearer ${description.adminToken}`, "content-type": "application/json" },
    body: JSON.stringify({ url, types: ["account.created"] }),
  });
  return { status: response.status, body: (await response.json()) as { secret: string; error: { code: string } } };
}

describe("webhooks of muster serve", () => {
  it("posts a signed event to a receiver on this machine, if that is allowed", async () => {
    const { url, received } = await receiver();
    const server = await start(true);
    const { status, body } = await subscribe(server, url);
    expect(status).toBe(201);

    const scim = server.description.tenants[0]?.scim;
    if (scim == null) throw new Error("acme has no SCIM access.");
    const [person] = makePeople(1);
    if (person === undefined) throw new Error("There is nobody.");
    await createEntraClient(scim).createPerson(person);
    await expect.poll(() => received.length, { timeout: 5000 }).toBe(1);

    const [{ headers, body: text } = { headers: {}, body: "" }] = received;
    const message = verifyWebhook({ secret: body.secret, headers: new Headers(headers), body: text });
    expect(message).toMatchObject({ type: "account.created", data: { account: { userName: person.userName } } });
    const forged = text.replace(person.userName, "mallory@acme.example");
    expect(() => verifyWebhook({ secret: body.secret, headers: new Headers(headers), body: forged })).toThrow(
      expect.objectContaining({ code: "webhook_not_verified" }),
    );
  });

  it("refuses addresses of this machine and its network otherwise", async () => {
    const server = await start();
    for (const url of [
      "http://127.0.0.1:9/hook",
      "https://127.0.0.1/hook",
      "https://10.0.0.1/hook",
      "https://localhost",
    ]) {
      const { status, body } = await subscribe(server, url);
      expect([status, body.error.code]).toEqual([400, "invalid_request"]);
    }
    expect((await subscribe(server, "https://hooks.example.com/muster")).status).toBe(201);
  });
});
