import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openConnection } from "../../src/sqlite/driver.ts";
import { list } from "../../src/sqlite/sql.ts";
import { decodeText, encodeText } from "../../src/sqlite/text.ts";

const SEED = 20_260_101;
/** Any sequence of UTF-16 units, with those that need care in every second text. */
const anyText = fc
  .array(fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("\0", "\u0001", "\ud800", "\udfff", "😀", "0000")))
  .map((parts) => parts.join(""));

describe("text in SQLite", () => {
  it("comes back as it was, whatever it holds", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(decodeText(encodeText(text))).toBe(text);
      }),
      { seed: SEED },
    );
  });

  it("holds nothing that the driver would cut off or replace", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const stored = encodeText(text);
        expect(stored).not.toContain("\0");
        expect(Buffer.from(stored, "utf8").toString("utf8")).toBe(stored);
      }),
      { seed: SEED },
    );
  });

  it("goes through a parameter, a list and a column unchanged", () => {
    const connection = openConnection(":memory:");
    const statement = "select :text as text, (select value from json_each(:texts)) as listed, :text = :other as same";
    fc.assert(
      fc.property(anyText, anyText, (text, other) => {
        const rows = connection.all(statement, { text, texts: list([text]), other });
        expect(rows).toEqual([{ text, listed: text, same: text === other ? 1 : 0 }]);
      }),
      { seed: SEED },
    );
    connection.close();
  });

  it("is stored as it is when it is ordinary", () => {
    expect(encodeText("Ada Lovelace <ada@acme.test> İß😀\n")).toBe("Ada Lovelace <ada@acme.test> İß😀\n");
  });
});
