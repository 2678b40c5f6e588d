import { DOMParser } from "@xmldom/xmldom";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ExclusiveCanonicalization } from "xml-crypto";
import { element, writeXml, type XmlElement } from "../src/xml-writer.ts";

const hostileText = fc.string({
  unit: fc.constantFrom("<", ">", "&", '"', "'", "]]>", "\r", "\n", "\t", "a", "é", "🙂", "--"),
});

/** What an independent canonicalization makes of the written document. */
function canonical(xml: string): string {
  const document = new DOMParser({ normalizeLineEndings: (text) => text }).parseFromString(xml, "text/xml");
  const canonicalization = new ExclusiveCanonicalization();
  // The two libraries describe the same tree by different types.
  const root = document.documentElement as unknown as Parameters<typeof canonicalization.process>[0];
  return canonicalization.process(root, {}).toString();
}

function issuer(attribute: string, text: string): XmlElement {
  const nil = element("saml:AttributeValue", { "xsi:nil": "true" });
  return element("samlp:Status", { Zeta: attribute, Alpha: attribute }, element("saml:Issuer", {}, text), nil);
}

describe("writeXml", () => {
  it("writes what is there, and leaves out what is undefined", () => {
    const written = writeXml(element("md:A", { a: "1", b: undefined }, undefined, "text", element("md:B")));
    expect(written).toBe('<md:A xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" a="1">text<md:B></md:B></md:A>');
  });

  it("attack 34r5: no value becomes markup; all come back as they were", () => {
    fc.assert(
      fc.property(hostileText, hostileText, (attribute, text) => {
        const xml = writeXml(issuer(attribute, text));
        const root = new DOMParser({ normalizeLineEndings: (raw) => raw }).parseFromString(
          xml,
          "text/xml",
        ).documentElement;
        expect(root?.getAttribute("Alpha")).toBe(attribute);
        expect(root?.firstChild?.textContent).toBe(text);
        expect(root?.childNodes.length).toBe(2);
      }),
      { seed: 34, numRuns: 500 },
    );
  });

  it("is its own exclusive canonical form", () => {
    fc.assert(
      fc.property(hostileText, hostileText, (attribute, text) => {
        const xml = writeXml(issuer(attribute, text));
        expect(canonical(xml)).toBe(xml);
      }),
      { seed: 35, numRuns: 500 },
    );
  });

  it("refuses characters that XML cannot carry, and prefixes that it does not know", () => {
    for (const text of ["\u0000", "\u001b", "\uD800", "\uFFFE"]) {
      expect(() => writeXml(element("md:A", {}, text))).toThrow(TypeError);
      expect(() => writeXml(element("md:A", { a: text }))).toThrow(TypeError);
    }
    expect(() => writeXml(element("constructor:A"))).toThrow(TypeError);
  });
});
