import { beforeAll, describe, expect, it, vi } from "vitest";
import type { FetchKeys } from "../../src/token/fetch-keys.ts";
import { createKeySets, type KeySets } from "../../src/token/key-sets.ts";
import { JWKS_URI, keysAnswer, makeKey, NOW, type TestKey } from "./issuer.ts";

const UNAVAILABLE = expect.objectContaining({ code: "unavailable" });
const MINUTE = 60_000;

let first: TestKey;
let second: TestKey;
beforeAll(async () => {
  [first, second] = await Promise.all([makeKey("ES256", "1"), makeKey("ES256", "2")]);
});

function start(fetch: FetchKeys, hosts: readonly string[] = ["login.acme.test"]) {
  const time = { now: NOW.getTime() };
  const warnings: object[] = [];
  const silent = () => {};
  const logger = { debug: silent, info: silent, warn: (facts: object) => warnings.push(facts), error: silent };
  const fetchKeys = vi.fn(fetch);
  const sets = createKeySets({ hosts, fetch: fetchKeys, clock: () => new Date(time.now), logger });
  return { sets, fetchKeys, warnings, pass: (milliseconds: number) => (time.now += milliseconds) };
}

const has = async (set: ReturnType<KeySets["current"]>, { kid, alg }: TestKey): Promise<boolean> => {
  const keys = await set;
  return keys({ alg, kid }, { payload: "", signature: "" }).then(
    () => true,
    () => false,
  );
};

describe("key sets", () => {
  it.each([
    "http://login.acme.test/keys",
    "https://login.acme.test.evil.test/keys",
    "https://evil.test/login.acme.test",
    "https://xlogin.acme.test/keys",
    "https://login.acme.test:8443/keys",
    "https://login.acme.test@evil.test/keys",
    "https://user@login.acme.test/keys",
    "https://169.254.169.254/latest/meta-data",
    "https://[::1]/keys",
    "file:///etc/passwd",
    "keys",
    "",
  ])("J42: nothing is asked of %s", async (address) => {
    const { sets, fetchKeys } = start(async () => keysAnswer(first.jwk));
    expect(sets.allows(address)).toBe(false);
    await expect(sets.current(address)).rejects.toThrow(UNAVAILABLE);
    await expect(sets.renewed(address)).rejects.toThrow(UNAVAILABLE);
    expect(fetchKeys).not.toHaveBeenCalled();
  });

  it("J42: no host is allowed unless the host application says so", () => {
    expect(start(async () => keysAnswer(first.jwk), []).sets.allows(JWKS_URI)).toBe(false);
    expect(start(async () => keysAnswer(first.jwk)).sets.allows("https://LOGIN.acme.test:443/keys")).toBe(true);
  });

  it("J42: a redirect is not followed, and the request ends in time", async () => {
    const { sets, fetchKeys } = start(async () => keysAnswer(first.jwk));
    await sets.current(JWKS_URI);
    const [address, init] = fetchKeys.mock.calls[0] ?? [];
    expect(address).toBe(JWKS_URI);
    expect(init).toMatchObject({ redirect: "error", signal: expect.any(AbortSignal) });
  });

  it("asks once for many, and again after ten minutes", async () => {
    const { sets, fetchKeys, pass } = start(async () => keysAnswer(first.jwk));
    const found = await Promise.all(Array.from({ length: 40 }, () => has(sets.current(JWKS_URI), first)));
    expect(found).not.toContain(false);
    pass(10 * MINUTE - 1);
    await sets.current(JWKS_URI);
    expect(fetchKeys).toHaveBeenCalledTimes(1);
    pass(1);
    await sets.current(JWKS_URI);
    expect(fetchKeys).toHaveBeenCalledTimes(2);
  });

  it("looks for a new key at once, and then not for half a minute", async () => {
    let published = [first.jwk];
    const { sets, fetchKeys, pass } = start(async () => keysAnswer(...published));
    expect(await has(sets.current(JWKS_URI), second)).toBe(false);
    pass(30_000);
    published = [first.jwk, second.jwk];
    expect(await has(sets.renewed(JWKS_URI), second)).toBe(true);
    for (let count = 0; count < 100; count++) await sets.renewed(JWKS_URI);
    expect(fetchKeys).toHaveBeenCalledTimes(2);
  });

  it("J42: while the issuer is away its keys hold for an hour, and then nothing can be told", async () => {
    let isAway = false;
    const { sets, fetchKeys, warnings, pass } = start(async () => {
      if (isAway) throw new Error("connection refused");
      return keysAnswer(first.jwk);
    });
    await sets.current(JWKS_URI);
    isAway = true;
    pass(60 * MINUTE - 1);
    expect(await has(sets.current(JWKS_URI), first)).toBe(true);
    await expect(sets.renewed(JWKS_URI)).rejects.toThrow(UNAVAILABLE);
    pass(1);
    for (let count = 0; count < 100; count++) await expect(sets.current(JWKS_URI)).rejects.toThrow(UNAVAILABLE);
    expect(fetchKeys).toHaveBeenCalledTimes(2);
    expect(warnings).toEqual([{ address: JWKS_URI, error: "Error: connection refused" }]);
    isAway = false;
    pass(30_000);
    expect(await has(sets.current(JWKS_URI), first)).toBe(true);
    expect(await has(sets.renewed(JWKS_URI), first)).toBe(true);
  });

  it.each([
    ["another status", () => Response.json({ keys: [first.jwk] }, { status: 404 })],
    ["a redirect", () => new Response(null, { status: 302, headers: { location: "https://evil.test" } })],
    ["no JSON", () => new Response("<html>")],
    ["no keys", () => keysAnswer()],
    ["no usable key", () => keysAnswer({ kty: "oct", k: "c2VjcmV0" })],
  ])("J42: takes no keys from %s", async (_name, answer) => {
    const { sets, warnings } = start(async () => answer());
    await expect(sets.current(JWKS_URI)).rejects.toThrow(UNAVAILABLE);
    expect(warnings).toHaveLength(1);
  });

  it("J42: reads no more than a key set may have", async () => {
    let read = 0;
    const body = () =>
      new ReadableStream({
        pull: (controller) => {
          read += 64 * 1024;
          controller.enqueue(new Uint8Array(64 * 1024).fill(32));
        },
      });
    const { sets } = start(async () => new Response(body()));
    await expect(sets.current(JWKS_URI)).rejects.toThrow(UNAVAILABLE);
    expect(read).toBeLessThan(1024 * 1024);
  });

  it("remembers a bounded number of addresses", async () => {
    const { sets, fetchKeys } = start(async () => keysAnswer(first.jwk));
    for (let count = 0; count <= 1000; count++) await sets.current(`${JWKS_URI}?${count}`);
    await sets.current(`${JWKS_URI}?1000`);
    expect(fetchKeys).toHaveBeenCalledTimes(1001);
    await sets.current(`${JWKS_URI}?0`);
    expect(fetchKeys).toHaveBeenCalledTimes(1002);
  });

  it("two engines share nothing", async () => {
    const [one, two] = [start(async () => keysAnswer(first.jwk)), start(async () => keysAnswer(second.jwk))];
    expect([await has(one.sets.current(JWKS_URI), first), await has(two.sets.current(JWKS_URI), first)]).toEqual([
      true,
      false,
    ]);
  });
});
