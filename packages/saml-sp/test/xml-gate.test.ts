import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { passGate } from "../src/xml-gate.ts";

const LIMITS = { depth: 3, elements: 5, attributes: 2 };

function codeOf(document: string): string {
  try {
    passGate(document, LIMITS);
    return "accepted";
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe("passGate", () => {
  it("counts elements and attributes, whatever stands in quotes", () => {
    const counted = passGate(`<a x=">" y='"/>'><b z="/"/><c></c></a>`, LIMITS);
    expect(counted).toMatchObject({ elements: 3, attributes: 3 });
  });

  it.each([
    `<?xml version="1.0"?>`,
    `<?xml version='1.0' encoding='utf-8'?>`,
    `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`,
    `<?xml version="1.0" encoding="UTF-8" ?>`,
  ])("drops the declaration %s", (declaration) => {
    expect(passGate(`${declaration}<a/>`, LIMITS).text).toBe("<a/>");
  });

  it.each([
    `<?xml?><a/>`,
    `<?xml version="1.1"?><a/>`,
    `<?xml version="1.0" encoding="ISO-8859-1"?><a/>`,
    `<?xml-stylesheet version="1.0"?><a/>`,
    ` <?xml version="1.0"?><a/>`,
    `<a><?xml version="1.0"?></a>`,
    "<a><!----></a>",
    "<a><![CDATA[]]></a>",
    "<!DOCTYPE a><a/>",
    '<a b="<!-- -->"/>',
  ])("R1: forbids %s", (document) => {
    expect(codeOf(document)).toBe("xml_forbidden_markup");
  });

  it("R1, E28, E29: bounds depth, elements and attributes", () => {
    expect(codeOf("<a><a><a></a></a></a>")).toBe("accepted");
    expect(codeOf("<a><a><a><a/></a></a></a>")).toBe("xml_too_complex");
    expect(codeOf("<a><b/><b/><b/><b/></a>")).toBe("accepted");
    expect(codeOf("<a><b/><b/><b/><b/><b/></a>")).toBe("xml_too_complex");
    expect(codeOf('<a b="" c=""/>')).toBe("accepted");
    expect(codeOf('<a b="" c="" d=""/>')).toBe("xml_too_complex");
  });

  it.each(["&amp;", "&lt;", "&gt;", "&quot;", "&apos;", "&#65;", "&#x41;", "&#x10FFFF;", "&#9;"])(
    "accepts %s",
    (reference) => {
      expect(codeOf(`<a>${reference}</a>`)).toBe("accepted");
    },
  );

  it.each([
    "&",
    "& ",
    "&;",
    "&#;",
    "&#x;",
    "&#xG;",
    "&nbsp;",
    "&AMP;",
    "&amp",
    "&#0;",
    "&#x1F;",
    "&#xD800;",
    "&#xFFFE;",
    "&#x110000;",
    "&#99999999;",
    "&#x00000041;",
    "&constructor;",
  ])("E22, E23: refuses %s", (reference) => {
    expect(codeOf(`<a>${reference}</a>`)).toBe("xml_invalid");
    expect(codeOf(`<a b="${reference}"/>`)).toBe("xml_invalid");
  });

  it.each(["\u0000", "\u0008", "\u000B", "\u001F", "\u0080", "\uFFFE", "\uD800", "\uDC00x"])(
    "E24: refuses the character %j",
    (character) => {
      expect(codeOf(`<a>${character}</a>`)).toBe("xml_invalid");
      expect(codeOf(`<a${character}b=""/>`)).toBe("xml_invalid");
    },
  );

  it.each(["\u{1F600}", "\uFFFD", "é", "\u0085", "\u2028", "\t\r\n"])("accepts the character %j", (character) => {
    expect(codeOf(`<a>${character}</a>`)).toBe("accepted");
  });

  it("R1: refuses ]]> in text, not in attributes", () => {
    expect(codeOf("<a>]]></a>")).toBe("xml_invalid");
    expect(codeOf('<a b="]]>"/>')).toBe("accepted");
  });

  it.each(["<a/ >", "<a/b/>", "<a", '<a b="', "<a b='\"", "<a <b/>", "<"])(
    "refuses the unfinished tag %s",
    (document) => {
      expect(codeOf(document)).toBe("xml_invalid");
    },
  );

  it("throws nothing but typed errors, whatever comes", () => {
    const markup = fc.stringMatching(/^[<>&;"'/=!?\-[\]a# ]*$/);
    fc.assert(
      fc.property(fc.oneof(markup, fc.string({ unit: "binary" })), (document) => {
        expect(codeOf(document)).toMatch(/^(accepted|xml_\w+)$/);
      }),
      { seed: 1, numRuns: 2_000 },
    );
  });
});
