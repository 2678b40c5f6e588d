import { createServer, request as httpRequest } from "node:http";
import { connect } from "node:net";
import express from "express";
import { describe, expect, it } from "vitest";
import { expressHandler, type FetchHandler, nodeHandler } from "../src/index.ts";
import { listen } from "./listening.ts";

/** Tells what arrived. */
const ECHO: FetchHandler = {
  fetch: async (request) =>
    Response.json({
      method: request.method,
      path: new URL(request.url).pathname + new URL(request.url).search,
      type: request.headers.get("content-type"),
      body: await request.text(),
    }),
};

function viaNode(handler: FetchHandler, onError?: (error: unknown) => void): Promise<string> {
  return listen(createServer(nodeHandler(handler, onError)));
}

function viaExpress(handler: FetchHandler, before: readonly express.RequestHandler[] = []): Promise<string> {
  const app = express();
  for (const middleware of before) app.use(middleware);
  app.use("/provisioning", expressHandler(handler));
  return listen(createServer(app));
}

describe("nodeHandler", () => {
  it("hands over method, path, query, headers and body", async () => {
    const url = await viaNode(ECHO);
    const answer = await fetch(`${url}/Users?count=1`, {
      method: "POST",
      headers: { "content-type": "application/scim+json" },
      body: '{"a":1}',
    });
    expect(await answer.json()).toEqual({
      method: "POST",
      path: "/Users?count=1",
      type: "application/scim+json",
      body: '{"a":1}',
    });
  });

  it("hands back status, headers and several cookies", async () => {
    const headers = new Headers({ location: "/next" });
    headers.append("set-cookie", "a=1");
    headers.append("set-cookie", "b=2");
    const url = await viaNode({ fetch: () => new Response(null, { status: 303, headers }) });
    const answer = await fetch(url, { redirect: "manual" });
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/next"]);
    expect(answer.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
  });

  it("answers HEAD without a body and 204 without one", async () => {
    const url = await viaNode({
      fetch: ({ method }) => (method === "HEAD" ? new Response("long text") : new Response(null, { status: 204 })),
    });
    expect(await (await fetch(url, { method: "HEAD" })).text()).toBe("");
    expect((await fetch(url)).status).toBe(204);
  });

  it("streams: the first part arrives while the last is not made yet", async () => {
    let finish: () => void = () => undefined;
    const body = new ReadableStream({
      start: (controller) => {
        controller.enqueue(new TextEncoder().encode("first "));
        finish = () => {
          controller.enqueue(new TextEncoder().encode("last"));
          controller.close();
        };
      },
    });
    const url = await viaNode({ fetch: () => new Response(body) });
    const reader = (await fetch(url)).body?.getReader();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe("first ");
    finish();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe("last");
  });

  it("does not wait for a body that the handler refuses to read", async () => {
    const url = await viaNode({ fetch: () => new Response("too large", { status: 413 }) });
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const sent = httpRequest(url, { method: "POST", headers: { "content-length": "1000000" } });
      sent.on("response", ({ statusCode }) => resolve(statusCode));
      sent.on("error", reject);
      sent.write("{");
    });
    expect(status).toBe(413);
  });

  it("aborts the request when the client goes away, and reports nothing", async () => {
    const errors: unknown[] = [];
    let begun: () => void = () => undefined;
    const begins = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const aborted = new Promise<boolean>((resolve) => {
      const handler: FetchHandler = {
        fetch: ({ signal }) =>
          new Promise((_, reject) => {
            begun();
            signal.addEventListener("abort", () => {
              resolve(true);
              reject(signal.reason);
            });
          }),
      };
      void viaNode(handler, (error) => errors.push(error)).then(async (url) => {
        const client = new AbortController();
        fetch(url, { signal: client.signal }).catch(() => undefined);
        await begins;
        client.abort();
      });
    });
    expect(await aborted).toBe(true);
    expect(errors).toEqual([]);
  });

  it("answers 500 without details when the handler fails, and tells the host", async () => {
    const errors: unknown[] = [];
    const failing: FetchHandler = {
      fetch: () => {
        throw new Error("secret detail");
      },
    };
    const url = await viaNode(failing, (error) => errors.push(error));
    const answer = await fetch(url);
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain("secret");
    expect(errors).toHaveLength(1);
  });

  it("survives hostile request lines and Host headers", async () => {
    const url = new URL(await viaNode(ECHO));
    for (const head of [
      "GET http://elsewhere.example/Users?x=1 HTTP/1.1\r\nHost: a",
      "GET //elsewhere.example/Users HTTP/1.1\r\nHost: b",
      "GET /Users HTTP/1.1\r\nHost: [bad",
      "GET /Users HTTP/1.0",
      "OPTIONS * HTTP/1.1\r\nHost: c",
    ]) {
      const answer = await raw(Number(url.port), `${head}\r\nConnection: close\r\n\r\n`);
      expect(answer, head).toMatch(/^HTTP\/1\.1 (200|400)/);
    }
    expect(await raw(Number(url.port), "GET /a HTTP/1.1\r\nHost: [bad\r\nConnection: close\r\n\r\n")).toContain('"/a"');
  });
});

describe("expressHandler", () => {
  const json = { method: "POST", headers: { "content-type": "application/json" }, body: '{"a":"ü"}' };

  it("keeps the mount path", async () => {
    const url = await viaExpress(ECHO);
    expect(await (await fetch(`${url}/provisioning/scim/v2/c1/Users?count=1`)).json()).toMatchObject({
      path: "/provisioning/scim/v2/c1/Users?count=1",
    });
  });

  it("takes the body whether or not a JSON parser ran before", async () => {
    for (const before of [[], [express.json()]]) {
      const answer = await fetch(`${await viaExpress(ECHO, before)}/provisioning/x`, json);
      expect(await answer.json()).toMatchObject({ body: '{"a":"ü"}', type: "application/json" });
    }
  });

  it("takes bytes and text that a parser left", async () => {
    for (const parser of [express.raw({ type: "*/*" }), express.text({ type: "*/*" })]) {
      const answer = await fetch(`${await viaExpress(ECHO, [parser])}/provisioning/x`, json);
      expect(await answer.json()).toMatchObject({ body: '{"a":"ü"}' });
    }
  });

  it("makes a form again, byte for byte where it matters: plus signs, base64, a field that came twice", async () => {
    const fields = [
      ["SAMLResponse", "PHg+/w=="],
      ["RelayState", "a b"],
      ["SAMLResponse", "second"],
    ] as [string, string][];
    for (const before of [[], [express.urlencoded({ extended: false })], [express.urlencoded({ extended: true })]]) {
      const url = await viaExpress(ECHO, before);
      const answer = await fetch(`${url}/provisioning/acs`, { method: "POST", body: new URLSearchParams(fields) });
      const { body } = (await answer.json()) as { readonly body: string };
      const read = new URLSearchParams(body);
      expect([read.getAll("SAMLResponse"), read.get("RelayState")]).toEqual([["PHg+/w==", "second"], "a b"]);
    }
  });

  it("hands failures to Express, also that of a body which is gone", async () => {
    const drain: express.RequestHandler = (request, _, next) => void request.resume().on("end", () => next());
    const app = express();
    app.use(drain, expressHandler(ECHO));
    app.use(((error, _request, response, _next) => {
      response.status(500).send(error.message);
    }) as express.ErrorRequestHandler);
    const answer = await fetch(await listen(createServer(app)), { method: "POST", body: "text" });
    expect(await answer.text()).toContain("Mount this handler before");
  });
});

function raw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(text));
    let answer = "";
    socket.on("data", (chunk) => {
      answer += chunk.toString();
    });
    socket.on("close", () => resolve(answer));
    socket.on("error", reject);
  });
}
