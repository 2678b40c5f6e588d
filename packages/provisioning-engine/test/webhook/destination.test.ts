import { describe, expect, it } from "vitest";
import { resolveDestination, urlProblem } from "../../src/webhook/destination.ts";

const network = (...addresses: readonly string[]) => ({
  resolve: async () => addresses,
  post: async () => ({ status: 200, retryAfter: null }),
});
const resolve = (url: string, ...addresses: readonly string[]) =>
  resolveDestination(network(...addresses), new URL(url), {});

describe("where a webhook may point", () => {
  it("is https on the internet", () => {
    expect(urlProblem("https://hooks.example.com:8443/a?b=c", {})).toBeUndefined();
    expect(urlProblem("https://8.8.8.8/", {})).toBeUndefined();
  });

  it.each([
    "hooks.example.com",
    "/hook",
    "http://hooks.example.com/",
    "ftp://hooks.example.com/",
    "https://user:secret@hooks.example.com/",
    "https://hooks.example.com/#part",
    "https://127.0.0.1/",
    "https://2130706433/",
    "https://0x7f.1/",
    "https://0/",
    "https://[::1]/",
    "https://[::ffff:10.0.0.1]/",
    "https://169.254.169.254/latest/meta-data/",
    "https://localhost/",
    "https://a.localhost./",
    `https://example.com/${"x".repeat(2048)}`,
  ])("is not %s", (url) => {
    expect(urlProblem(url, {})).toBeDefined();
  });

  it("is more when the host allows it by name", () => {
    expect(urlProblem("http://hooks.example.com/", { insecureAllowHttp: true })).toBeUndefined();
    expect(urlProblem("https://10.0.0.1/", { insecureAllowPrivateAddresses: true })).toBeUndefined();
    expect(urlProblem("http://localhost:3000/", { insecureAllowHttp: true })).toBeDefined();
  });

  it("J24: a name must lead to the internet with all of its addresses", async () => {
    expect(await resolve("https://hooks.example.com/", "8.8.8.8", "2606:4700::1")).toBe("8.8.8.8");
    expect(await resolve("https://[2606:4700::1]/")).toBe("2606:4700::1");
    for (const inside of ["127.0.0.1", "169.254.169.254", "::ffff:10.0.0.1", "not an address"]) {
      await expect(resolve("https://hooks.example.com/", "8.8.8.8", inside)).rejects.toThrow("not on the internet");
    }
    await expect(resolve("https://127.0.0.1/")).rejects.toThrow("not on the internet");
    await expect(resolve("https://hooks.example.com/")).rejects.toThrow("leads nowhere");
  });
});
