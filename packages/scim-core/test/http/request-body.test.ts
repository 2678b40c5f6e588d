import { describe, expect, it } from "vitest";
import { isScimError } from "../../src/errors.ts";
import { completeLimits } from "../../src/http/limits.ts";
import { readBody } from "../../src/http/request-body.ts";

type Body = string | Uint8Array | ReadableStream<Uint8Array> | null;

const LIMITS = completeLimits({ bodyBytes: 64 });

function posted(body: Body, headers: Record<string, string> = {}): Request {
  const request = { method: "POST", body, headers, duplex: "half" as const };
  return new Request("https://scim.test/Users", request);
}

const scim = (body: Body): Request => posted(body, { "content-type": "application/scim+json" });

async function code(request: Request): Promise<string> {
  return readBody(request, LIMITS).then(
    () => "accepted",
    (error: unknown) => (isScimError(error) ? error.code : String(error)),
  );
}

/** A body of unknown length that counts what is pulled from it. */
function endless(chunk: Uint8Array): { readonly stream: ReadableStream<Uint8Array>; pulled: () => number } {
  let pulled = 0;
  const pull = (controller: ReadableStreamDefaultController<Uint8Array>): void => {
    pulled += 1;
    controller.enqueue(chunk);
  };
  return { stream: new ReadableStream({ pull }, { highWaterMark: 0 }), pulled: () => pulled };
}

describe("media types", () => {
  it.each([
    "application/scim+json",
    "application/json",
    "application/scim+json; charset=utf-8",
    'Application/JSON;charset="UTF-8"',
    "application/scim+json; profile=x",
  ])("J36: accepts %s", async (type) => {
    expect(await code(posted("{}", { "content-type": type }))).toBe("accepted");
  });

  it("J36: takes a body without a media type for JSON", async () => {
    const request = posted(new TextEncoder().encode("{}"));
    expect(request.headers.get("content-type")).toBeNull();
    expect(await code(request)).toBe("accepted");
  });

  it.each([
    "text/plain",
    "application/xml",
    "application/x-www-form-urlencoded",
    "",
    "application/json; charset=utf-16",
  ])("A05: refuses %j", async (type) => {
    expect(await code(posted("{}", { "content-type": type }))).toBe("unsupportedMediaType");
  });

  it("refuses a compressed body", async () => {
    expect(await code(posted("{}", { "content-type": "application/json", "content-encoding": "gzip" }))).toBe(
      "unsupportedMediaType",
    );
  });
});

describe("size", () => {
  it("A31: accepts the limit and refuses one byte more", async () => {
    expect(await code(scim(`"${"x".repeat(62)}"`))).toBe("accepted");
    expect(await code(scim(`"${"x".repeat(63)}"`))).toBe("payloadTooLarge");
  });

  it("A31: believes a Content-Length that is too large, and reads nothing", async () => {
    const { stream, pulled } = endless(new Uint8Array(8));
    const headers = { "content-type": "application/json", "content-length": "65" };
    expect(await code(posted(stream, headers))).toBe("payloadTooLarge");
    expect(pulled()).toBe(0);
  });

  it("J21: stops reading at the limit, without a Content-Length too", async () => {
    const { stream, pulled } = endless(new Uint8Array(16).fill(0x20));
    expect(await code(scim(stream))).toBe("payloadTooLarge");
    expect(pulled()).toBeLessThanOrEqual(6);
  });
});

describe("a body that cannot be read", () => {
  it("is the client's business when it breaks off", async () => {
    const stream = new ReadableStream({ pull: (controller) => controller.error(new Error("reset")) });
    expect(await code(scim(stream))).toBe("invalidSyntax");
  });

  it("is the host's when it was read before", async () => {
    const request = scim("{}");
    await request.text();
    expect(await code(request)).toBe("TypeError: The body was read before. Hand the request over unread.");
  });
});

describe("text", () => {
  it.each([null, "", "  \n"])("A04: refuses an empty body: %j", async (body) => {
    expect(await code(scim(body))).toBe("invalidSyntax");
  });

  it("refuses what is no UTF-8 instead of replacing it", async () => {
    expect(await code(scim(new Uint8Array([0x22, 0xc3, 0x28, 0x22])))).toBe("invalidSyntax");
  });

  it("accepts a byte order mark", async () => {
    expect(await readBody(scim("\uFEFF{}"), LIMITS)).toEqual({});
  });

  it("joins characters that were cut in two on the way", async () => {
    const bytes = new TextEncoder().encode('"ö"');
    const stream = new ReadableStream({
      start(controller) {
        controller.enqueue(bytes.slice(0, 2));
        controller.enqueue(bytes.slice(2));
        controller.close();
      },
    });
    expect(await readBody(scim(stream), LIMITS)).toBe("ö");
  });
});
