import { once } from "node:events";
import { type ClientRequest, createServer, request as httpRequest, type IncomingMessage } from "node:http";
import { setTimeout } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { type FetchHandler, nodeHandler } from "../src/index.ts";
import { listen } from "./listening.ts";

/** A listening handler, and the failures that the host was told of. */
async function serve(handler: FetchHandler) {
  const errors: unknown[] = [];
  const server = createServer(nodeHandler(handler, (error) => errors.push(error)));
  return { url: await listen(server), errors, server };
}

function post(url: string, headers: Readonly<Record<string, string>>): ClientRequest {
  const sent = httpRequest(url, { method: "POST", headers });
  sent.on("error", () => undefined);
  return sent;
}

async function answerOf(sent: ClientRequest): Promise<IncomingMessage> {
  const [answer] = (await once(sent, "response")) as [IncomingMessage];
  return answer;
}

/** A handler of one request, and a promise of it. */
function catching(answer: (request: Request) => Promise<Response>) {
  const { promise, resolve } = deferred<Request>();
  const handler: FetchHandler = {
    fetch: (request) => {
      resolve(request);
      return answer(request);
    },
  };
  return { handler, arrived: promise };
}

function deferred<Value>() {
  let resolve: (value: Value) => void = () => undefined;
  const promise = new Promise<Value>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

const sizeOf = async (request: Request) => Response.json((await request.arrayBuffer()).byteLength);

describe("The body of a request", () => {
  it("arrives whole, of any size, announced or in chunks", async () => {
    const { url } = await serve({ fetch: sizeOf });
    for (const size of [0, 1, 64 * 1024, 64 * 1024 + 1, 3_000_000]) {
      const bytes = new Uint8Array(size);
      expect(await (await fetch(url, { method: "POST", body: bytes })).json(), `${size} announced`).toBe(size);
      const chunks = { method: "POST", body: new Blob([bytes]).stream(), duplex: "half" } as const;
      expect(await (await fetch(url, chunks)).json(), `${size} in chunks`).toBe(size);
    }
  });

  it("is not waited for when it is large, or when nobody says how large", async () => {
    for (const headers of [{ "content-length": "100000" }, { "transfer-encoding": "chunked" }]) {
      const { handler, arrived } = catching(sizeOf);
      const sent = post((await serve(handler)).url, headers);
      sent.write("x".repeat(1000));
      await arrived;
      sent.end("x".repeat(99_000));
      expect((await answerOf(sent)).statusCode).toBe(200);
    }
  });

  it("is refused with an answer: who still sends it is not cut off", async () => {
    const refuse = async (request: Request) => {
      const reader = request.body?.getReader();
      await reader?.read();
      await reader?.cancel();
      return new Response("too large", { status: 413 });
    };
    const { url } = await serve({ fetch: refuse });
    for (let time = 0; time < 10; time++) {
      const body = new Blob([new Uint8Array(3_000_000)]).stream();
      expect((await fetch(url, { method: "POST", body, duplex: "half" })).status).toBe(413);
    }
  });

  it("breaks off for the handler when it does for the client", async () => {
    const { promise, resolve } = deferred<unknown>();
    const read = async (request: Request) => {
      await request.arrayBuffer().catch(resolve);
      return new Response();
    };
    const { handler, arrived } = catching(read);
    const { url, errors } = await serve(handler);
    const sent = post(url, { "transfer-encoding": "chunked" });
    sent.write("x");
    await arrived;
    sent.destroy();
    expect(await promise).toBeInstanceOf(Error);
    expect(errors).toEqual([]);
  });

  it("concerns nobody when it is small and breaks off", async () => {
    let calls = 0;
    const handler: FetchHandler = {
      fetch: () => {
        calls += 1;
        return new Response();
      },
    };
    const { url, errors, server } = await serve(handler);
    const sent = post(url, { "content-length": "1000" });
    sent.write("{");
    await once(server, "request");
    sent.destroy();
    expect((await fetch(url)).status).toBe(200);
    await setTimeout(20);
    expect([calls, errors]).toEqual([1, []]);
  });
});

describe("The body of a response", () => {
  it("leaves with its length when it is text, bytes or nothing", async () => {
    const bodies = { text: "ü", bytes: new Uint8Array(100_000), nothing: null, empty: "" };
    for (const [name, body] of Object.entries(bodies)) {
      const { url } = await serve({ fetch: () => new Response(body) });
      const answer = await fetch(url);
      const { byteLength } = await answer.arrayBuffer();
      expect(byteLength, name).toBe(new Blob([body ?? ""]).size);
      expect(answer.headers.get("content-length"), name).toBe(String(byteLength));
    }
  });

  it("is as long as a stream makes it", async () => {
    let left = 100;
    const body = new ReadableStream<Uint8Array>({
      pull: async (controller) => {
        if (left-- === 0) return controller.close();
        await setTimeout(left % 10 === 0 ? 1 : 0);
        controller.enqueue(new Uint8Array(10_000));
      },
    });
    const { url } = await serve({ fetch: () => new Response(body) });
    expect((await (await fetch(url)).arrayBuffer()).byteLength).toBe(1_000_000);
  });

  it("is made at the client's pace, and no longer once the client has left", async () => {
    let made = 0;
    const { promise: cancelled, resolve } = deferred<true>();
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        made += 1;
        controller.enqueue(new Uint8Array(1_000_000));
      },
      cancel: () => resolve(true),
    });
    const { url, errors } = await serve({ fetch: () => new Response(body) });
    const sent = httpRequest(url);
    sent.on("error", () => undefined);
    sent.end();
    const answer = await answerOf(sent);
    await setTimeout(100);
    // The buffers of two sockets hold some of it.
    expect(made).toBeLessThan(30);
    answer.destroy();
    expect(await cancelled).toBe(true);
    expect(errors).toEqual([]);
  });

  it("is cancelled when the client leaves while there is nothing to send", async () => {
    const { promise: cancelled, resolve } = deferred<true>();
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new Uint8Array(1)),
      cancel: () => resolve(true),
    });
    const { url, errors } = await serve({ fetch: () => new Response(body) });
    const sent = httpRequest(url);
    sent.on("error", () => undefined);
    sent.end();
    (await answerOf(sent)).destroy();
    expect(await cancelled).toBe(true);
    expect(errors).toEqual([]);
  });

  it("ends the connection when it breaks off, so that half of it is not taken for all, and the host is told", async () => {
    let broken = false;
    const body = new ReadableStream<Uint8Array>({
      pull: async (controller) => {
        await setTimeout(1);
        if (broken) throw new Error("secret detail");
        broken = true;
        controller.enqueue(new Uint8Array(1));
      },
    });
    const { url, errors } = await serve({ fetch: () => new Response(body) });
    await expect(fetch(url).then((answer) => answer.text())).rejects.toThrow();
    expect(errors).toHaveLength(1);
  });

  it("is not asked for by HEAD", async () => {
    const { promise: cancelled, resolve } = deferred<true>();
    const body = new ReadableStream<Uint8Array>({ cancel: () => resolve(true) });
    const { url } = await serve({ fetch: () => new Response(body) });
    expect((await fetch(url, { method: "HEAD" })).status).toBe(200);
    expect(await cancelled).toBe(true);
  });
});
