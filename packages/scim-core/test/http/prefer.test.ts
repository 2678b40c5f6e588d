import { describe, expect, it } from "vitest";
import { parsePrefer } from "../../src/http/prefer.ts";

const NOTHING = { respondAsync: false, wait: undefined };

describe("parsePrefer", () => {
  it.each([
    ["respond-async", { respondAsync: true, wait: undefined }],
    ["Respond-Async", { respondAsync: true, wait: undefined }],
    ["respond-async, wait=10", { respondAsync: true, wait: 10 }],
    ["wait=10 , respond-async", { respondAsync: true, wait: 10 }],
    ['return=minimal; foo="a, b", respond-async, wait="3"', { respondAsync: true, wait: 3 }],
    ["respond-async;delay=1", { respondAsync: true, wait: undefined }],
    ["wait=1, wait=2", { respondAsync: false, wait: 1 }],
    ["respond-async, wait=soon", { respondAsync: true, wait: undefined }],
    ["respond-async, wait=-1", { respondAsync: true, wait: undefined }],
    ["respond-async, wait=99999999999999999999", { respondAsync: true, wait: undefined }],
    ['handling="lenient, respond-async"', NOTHING],
    ["return=respond-async", NOTHING],
    ["", NOTHING],
    [null, NOTHING],
    [",,;;==", NOTHING],
  ])("J28: %j", (header, preferences) => {
    expect(parsePrefer(header)).toEqual(preferences);
  });

  it("J28: looks at nothing that is unreasonably long", () => {
    const started = performance.now();
    expect(parsePrefer(`${'"\\"'.repeat(200_000)}, respond-async`)).toEqual(NOTHING);
    expect(performance.now() - started).toBeLessThan(100);
  });
});
