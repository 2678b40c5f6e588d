import { describe, expect, it } from "vitest";
import { ProvisioningError } from "../../src/errors.ts";
import { errorResponse, readJson } from "../../src/http/json.ts";

function post(
  body: RequestInit["body"],
  headers: Record<string, string> = { "content-type": "application/json" },
): Request {
  return new Request("http://host.example/", { method: "POST", body, headers, duplex: "half" } as RequestInit);
}

const refused = (code: string) => expect.objectContaining({ code });

describe("readJson", () => {
  it("reads JSON", async () => {
    expect(await readJson(post('{"a":["{"]}'))).toEqual({ a: ["{"] });
  });

  it("tells nothing from something", async () => {
    expect(await readJson(new Request("http://host.example/", { method: "POST" }))).toBeUndefined();
    expect(await readJson(post("  "))).toBeUndefined();
  });

  it.each(["{", "nul", "{}{}", '{"a":1,}', "\u0000"])("refuses %j", async (body) => {
    await expect(readJson(post(body))).rejects.toThrow(refused("invalid_request"));
  });

  it("refuses what is not UTF-8", async () => {
    await expect(readJson(post(new Uint8Array([0x22, 0xff, 0x22])))).rejects.toThrow(refused("invalid_request"));
  });

  it.each(["application/x-www-form-urlencoded", "text/plain;charset=UTF-8", "multipart/form-data"])(
    "refuses %s, which a foreign page may send without being asked",
    async (type) => {
      await expect(readJson(post("{}", { "content-type": type }))).rejects.toThrow(refused("invalid_request"));
    },
  );

  it.each(["application/json; charset=utf-8", "application/merge-patch+json", "Application/JSON"])(
    "takes %s",
    async (type) => {
      expect(await readJson(post("{}", { "content-type": type }))).toEqual({});
    },
  );

  it("bounds the body by what it says and by what comes", async () => {
    const large = JSON.stringify("a".repeat(1024 * 1024));
    await expect(readJson(post(large))).rejects.toThrow(refused("payload_too_large"));
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        sent += 1;
        controller.enqueue(new Uint8Array(64 * 1024).fill(0x20));
      },
    });
    await expect(readJson(post(endless))).rejects.toThrow(refused("payload_too_large"));
    expect(sent).toBeLessThan(30);
  });

  it("bounds the nesting, and does not count brackets inside of strings", async () => {
    const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    await expect(readJson(post(deep))).rejects.toThrow(refused("invalid_request"));
    expect(await readJson(post(JSON.stringify(`\\"${"[{".repeat(100)}`)))).toBe(`\\"${"[{".repeat(100)}`);
  });
});

describe("errorResponse", () => {
  it("contract 5: has code, message, hint and request id", async () => {
    const response = errorResponse(new ProvisioningError("conflict", "No.", { hint: "Wait." }), "r1");
    expect([response.status, response.headers.get("x-request-id")]).toEqual([409, "r1"]);
    expect(await response.json()).toEqual({
      error: { code: "conflict", message: "No.", hint: "Wait.", requestId: "r1" },
    });
  });

  it("says when to try again", () => {
    const response = errorResponse(new ProvisioningError("unavailable", "No."), "r1");
    expect([response.status, response.headers.get("retry-after")]).toEqual([503, "5"]);
  });
});
