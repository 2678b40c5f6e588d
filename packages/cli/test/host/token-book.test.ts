import { describe, expect, it } from "vitest";
import { tokenBook } from "../../src/host/token-book.ts";

const NOON = new Date("2026-03-01T12:00:00Z");
const LATER = new Date("2026-03-01T13:00:00Z");

describe("tokenBook", () => {
  it("finds a record by its token of 256 bits, and by nothing else", () => {
    const book = tokenBook<string>(() => NOON);
    const token = book.issue("mira", LATER);
    expect(Buffer.from(token, "base64url")).toHaveLength(32);
    expect(book.find(token)).toBe("mira");
    expect(book.find(`${token}x`)).toBeUndefined();
    expect(book.find("")).toBeUndefined();
  });

  it("forgets at the moment of expiry", () => {
    let now = NOON;
    const book = tokenBook<string>(() => now);
    const token = book.issue("mira", LATER);
    now = LATER;
    expect(book.find(token)).toBeUndefined();
  });

  it("gives a taken token once", () => {
    const book = tokenBook<string>(() => NOON);
    const token = book.issue("mira", LATER);
    expect([book.take(token), book.take(token)]).toEqual(["mira", undefined]);
  });

  it("revokes by record", () => {
    const book = tokenBook<string>(() => NOON);
    const [mira, tomas] = [book.issue("mira", LATER), book.issue("tomas", LATER)];
    book.revoke((record) => record === "mira");
    expect([book.find(mira), book.find(tomas)]).toEqual([undefined, "tomas"]);
  });

  it("is bounded: the oldest makes room", () => {
    const book = tokenBook<number>(() => NOON);
    const tokens = Array.from({ length: 10_001 }, (_, index) => book.issue(index, LATER));
    expect([tokens[0], tokens[1], tokens.at(-1)].map((token) => book.find(token ?? ""))).toEqual([
      undefined,
      1,
      10_000,
    ]);
  });
});
