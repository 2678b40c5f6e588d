import { describe, expect, it } from "vitest";
import { boundedBody, boundedBytes } from "../../src/http/index.ts";

function endless(): { readonly body: ReadableStream<Uint8Array>; readonly isCancelled: () => boolean } {
  let cancelled = false;
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new Uint8Array(10)),
    cancel: () => {
      cancelled = true;
    },
  });
  return { body, isCancelled: () => cancelled };
}

describe("boundedBytes", () => {
  it("reads all up to the limit, and nothing of nothing", async () => {
    expect((await boundedBytes(new Blob(["abc", "de"]).stream(), 5))?.toString()).toBe("abcde");
    expect((await boundedBytes(null, 5))?.byteLength).toBe(0);
  });

  it("stops at the limit, and lets go of the stream", async () => {
    const { body, isCancelled } = endless();
    expect(await boundedBytes(body, 25)).toBeUndefined();
    expect(isCancelled()).toBe(true);
  });

  it("breaks off when the stream does", async () => {
    const body = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(new Error("gone")) });
    await expect(boundedBytes(body, 25)).rejects.toThrow("gone");
  });
});

describe("boundedBody", () => {
  const post = (body: ReadableStream<Uint8Array>, headers: Readonly<Record<string, string>> = {}) =>
    new Request("https://app.example/", { method: "POST", body, headers, duplex: "half" });

  it("reads what announces its length, and what does not", async () => {
    const stream = () => new Blob(["abc"]).stream();
    expect((await boundedBody(post(stream(), { "content-length": "3" }), 3))?.toString()).toBe("abc");
    expect((await boundedBody(post(stream()), 3))?.toString()).toBe("abc");
    expect(await boundedBody(post(stream()), 2)).toBeUndefined();
  });

  it("does not touch what announces too much", async () => {
    const { body, isCancelled } = endless();
    const request = post(body, { "content-length": "1000" });
    expect(await boundedBody(request, 999)).toBeUndefined();
    expect([request.bodyUsed, isCancelled()]).toEqual([false, false]);
  });

  it("takes no more than it may of what announced less", async () => {
    expect(await boundedBody(post(new Blob(["abc"]).stream(), { "content-length": "1" }), 2)).toBeUndefined();
  });
});
