import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  attributeOf,
  childElements,
  childrenNamed,
  hasElementContentOnly,
  isNamed,
  namespacesInScope,
  parseXml,
  textOf,
} from "../src/xml.ts";

function codeOf(document: string): string {
  try {
    parseXml(document);
    return "accepted";
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe("parseXml", () => {
  it("R2: folds CR and CRLF, and no other line end", () => {
    expect(textOf(parseXml("<a>1\r\n2\r3\n4\u00855\u20286</a>"))).toBe("1\n2\n3\n4\u00855\u20286");
  });

  it("R2: leaves references as the characters that they stand for", () => {
    expect(textOf(parseXml("<a>&#13;&lt;&amp;amp;&#x1F600;</a>"))).toBe("\r<&amp;\u{1F600}");
  });

  it.each([
    "",
    " ",
    "x",
    "<a>",
    "</a>",
    "<a></b>",
    "<a/><b/>",
    "<a/>x",
    "x<a/>",
    "<a b/>",
    "<a b=c/>",
    '<a b="" b=""/>',
    '<a b=""c=""/>',
    "<p:a/>",
    '<a p:b=""/>',
    "<a/ >",
    "< a/>",
    "<1a/>",
    "<a:b:c/>",
    '<a xmlns:p="urn:x" p:q:r=""/>',
  ])("R2: refuses %j, which is not well-formed", (document) => {
    expect(codeOf(document)).toBe("xml_invalid");
  });

  it("R2: quotes nothing of the document in its errors, which end in logs", () => {
    for (const document of ['<a secret="1" secret="2"/>', "<a>secret", "<a/>secret"]) {
      const error = (() => {
        try {
          return parseXml(document);
        } catch (thrown) {
          return thrown as Error;
        }
      })();
      expect(
        JSON.stringify(
          error,
          Object.getOwnPropertyNames(error).filter((name) => name !== "stack"),
        ),
      ).not.toContain("secret");
      expect((error as Error).cause).toBeUndefined();
    }
  });

  it.each([
    ['<a ID="x"><b ID="y"/></a>', "accepted"],
    ['<a ID="x"><b ID="x"/></a>', "xml_id_duplicate"],
    ['<a ID="x"><b Id="x"/></a>', "xml_id_duplicate"],
    ['<a ID="x"><b id="x"/></a>', "xml_id_duplicate"],
    ['<a ID="x" Id="y"/>', "xml_id_invalid"],
    ['<a xmlns:p="urn:x" p:ID="x"/>', "xml_id_invalid"],
    ['<a xml:id="x"/>', "xml_id_invalid"],
    ['<a ID=""/>', "xml_id_invalid"],
    ['<a ID="1"/>', "xml_id_invalid"],
    ['<a ID="a:b"/>', "xml_id_invalid"],
    ['<a ID=" x"/>', "xml_id_invalid"],
    ['<a ID="é-1.2_3"/>', "accepted"],
  ])("R3: %s is %s", (document, code) => {
    expect(codeOf(document)).toBe(code);
  });

  it.each([
    ['<a xmlns="urn:x"/>', "accepted"],
    ['<a xmlns="urn:x"><b xmlns=""/></a>', "accepted"],
    ['<a xmlns="relative"/>', "xml_namespace_invalid"],
    ['<a xmlns:x="1"/>', "xml_namespace_invalid"],
    ['<a xmlns:x="//host/path"/>', "xml_namespace_invalid"],
    ['<a xmlns="http://www.w3.org/XML/1998/namespace"/>', "xml_namespace_invalid"],
    ['<a xmlns:xml="http://www.w3.org/XML/1998/namespace"/>', "xml_namespace_invalid"],
    ['<a xmlnsx="urn:x"/>', "xml_namespace_invalid"],
    ['<a xmlns:p="urn:x" p:xmlns="urn:y"/>', "accepted"],
    ['<a xmlns:p="urn:x" xmlns:q="urn:x" p:b="" q:b=""/>', "xml_attribute_duplicate"],
    ['<a xmlns:p="urn:x" xmlns:q="urn:y" p:b="" q:b="" b=""/>', "accepted"],
  ])("R4: %s is %s", (document, code) => {
    expect(codeOf(document)).toBe(code);
  });
});

describe("walking", () => {
  const root = parseXml('<a xmlns="urn:x" xmlns:q="urn:y" b="1" q:c="2">\n<d>x</d> <q:d>y<e/></q:d></a>');

  it("sees direct children of an expanded name only", () => {
    expect(childElements(root).map(({ tagName }) => tagName)).toEqual(["d", "q:d"]);
    expect(childrenNamed(root, "urn:x", "d")).toHaveLength(1);
    expect(childrenNamed(root, "urn:x", "e")).toHaveLength(0);
    expect(isNamed(root, "urn:x", "a") && !isNamed(root, "urn:y", "a")).toBe(true);
  });

  it("sees attributes without a namespace only", () => {
    expect(attributeOf(root, "b")).toBe("1");
    expect(attributeOf(root, "c")).toBeUndefined();
    expect(attributeOf(root, "constructor")).toBeUndefined();
    expect(attributeOf(root, "xmlns")).toBeUndefined();
  });

  it("T9: takes no text from an element that has elements", () => {
    const [d, qd] = childElements(root);
    expect(d && textOf(d)).toBe("x");
    expect(qd && textOf(qd)).toBeUndefined();
    expect(hasElementContentOnly(root)).toBe(true);
    expect(qd && hasElementContentOnly(qd)).toBe(false);
  });
});

describe("foreign libraries", () => {
  const sources = readdirSync(new URL("../src", import.meta.url), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => ({ name, text: readFileSync(new URL(`../src/${name}`, import.meta.url), "utf8") }));

  it.each([
    ["@xmldom/xmldom", "xml.ts"],
    ["xml-crypto", "signature.ts"],
  ])("%s has one import site, %s", (library, site) => {
    const importing = sources.filter(
      ({ text }) => text.includes(`from "${library}"`) || text.includes(`("${library}")`),
    );
    expect(importing.map(({ name }) => name)).toEqual([site]);
  });
});

describe("namespacesInScope", () => {
  it("R11: yields the nearest declaration of each prefix, and nothing else", () => {
    const root = parseXml(
      '<a xmlns="urn:1" xmlns:p="urn:2" q="3"><b xmlns="" xmlns:r="urn:4"><c xmlns:p="urn:5"/></b></a>',
    );
    const [inner] = childElements(root).flatMap(childElements);
    if (inner === undefined) throw new TypeError("no element");
    expect(Object.fromEntries(namespacesInScope(inner))).toEqual({
      xmlns: "",
      "xmlns:p": "urn:5",
      "xmlns:r": "urn:4",
    });
  });
});
