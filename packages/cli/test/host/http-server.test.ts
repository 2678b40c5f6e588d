import { describe, expect, it } from "vitest";
import { listen } from "../../src/host/http-server.ts";

const LOCAL = { host: "127.0.0.1", port: 0 };

describe("listen", () => {
  it("answers with what the handler returns", async () => {
    const server = await listen(LOCAL);
    server.answer(async (request) => new Response(new URL(request.url).pathname));
    expect(await (await fetch(`${server.url}/hello`)).text()).toBe("/hello");
    await server.close(0);
  });

  it("leaves the global Request and Response alone", async () => {
    const before = [globalThis.Request, globalThis.Response];
    const server = await listen(LOCAL);
    server.answer(async () => new Response());
    expect([globalThis.Request, globalThis.Response]).toEqual(before);
    await server.close(0);
  });

  it("tells which port is in use and what to do", async () => {
    const server = await listen(LOCAL);
    const port = Number(new URL(server.url).port);
    await expect(listen({ ...LOCAL, port })).rejects.toMatchObject({
      code: "port_in_use",
      exitCode: 1,
      message: expect.stringContaining(`Port ${port} on 127.0.0.1 is in use`),
    });
    await server.close(0);
  });

  it("tells that an address is not to be had", async () => {
    await expect(listen({ host: "192.0.2.1", port: 0 })).rejects.toMatchObject({ code: "cannot_listen" });
  });

  it("finishes requests in flight when it closes, and accepts no more", async () => {
    const server = await listen(LOCAL);
    let release: () => void = () => undefined;
    const arrived = new Promise<void>((resolve) => {
      server.answer(async () => {
        await new Promise<void>((finish) => {
          release = finish;
          resolve();
        });
        return new Response("finished");
      });
    });
    const inFlight = fetch(server.url);
    await arrived;
    const closed = server.close(5_000);
    await expect(fetch(server.url)).rejects.toThrow();
    release();
    expect(await (await inFlight).text()).toBe("finished");
    await closed;
  });

  it("cuts off what takes longer than the grace", async () => {
    const server = await listen(LOCAL);
    server.answer(() => new Promise(() => undefined));
    const inFlight = fetch(server.url);
    inFlight.catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await server.close(100);
    await expect(inFlight).rejects.toThrow();
  });
});
