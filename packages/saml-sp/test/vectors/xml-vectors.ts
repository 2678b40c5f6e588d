import { ALICE, SP } from "./response-builder.ts";
import { firstIn, rangeOf, replaceContent, withAttribute } from "./tag-index.ts";
import type { Crafted, Vector } from "./vector.ts";

const forbidden = { reject: "xml_forbidden_markup" } as const;
const invalid = { reject: "xml_invalid" } as const;
const complex = { reject: "xml_too_complex" } as const;
const badId = { reject: "xml_id_invalid" } as const;

function edited(id: string, title: string, edit: (xml: string) => Crafted, expect: Vector["expect"]): Vector {
  return { id, title, craft: ({ signed }) => edit(signed()), expect };
}

function bytes(...parts: readonly (string | readonly number[])[]): Uint8Array {
  return Buffer.concat(parts.map((part) => Buffer.from(part as string)));
}

/** Puts bytes in front of the NameID. */
function inNameId(xml: string, inserted: readonly number[]): Uint8Array {
  const { contentStart } = rangeOf(xml, "NameID");
  return bytes(xml.slice(0, contentStart), inserted, xml.slice(contentStart));
}

const ENTITIES = Array.from({ length: 9 }, (_, level) => `<!ENTITY l${level + 1} "${`&l${level};`.repeat(10)}">`).join(
  "",
);

export const XML_VECTORS: readonly Vector[] = [
  edited("E1", "DOCTYPE", (xml) => `<!DOCTYPE r>${xml}`, forbidden),
  edited(
    "E2",
    "an internal entity",
    (xml) => `<!DOCTYPE r [<!ENTITY e "x">]>${firstIn(xml, "NameID", "&e;")}`,
    forbidden,
  ),
  edited(
    "E3",
    "an external entity",
    (xml) => `<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/passwd">]>${xml}`,
    forbidden,
  ),
  edited(
    "E4",
    "a billion laughs",
    (xml) => `<!DOCTYPE r [<!ENTITY l0 "ha">${ENTITIES}]>${firstIn(xml, "NameID", "&l9;")}`,
    forbidden,
  ),
  edited("E5", "ATTLIST", (xml) => `<!DOCTYPE r [<!ATTLIST r ID CDATA "_x">]>${xml}`, forbidden),
  edited("E6", "two roots", (xml) => `${xml}<x/>`, invalid),
  edited("E7", "two responses", (xml) => `${xml}${xml}`, invalid),
  edited("E8", "text behind the root", (xml) => `${xml}x`, invalid),
  edited("E8", "text before the root", (xml) => `x${xml}`, invalid),
  edited("E9", "a style sheet", (xml) => `<?xml-stylesheet href="x"?>${xml}`, forbidden),
  edited("E9", "a second XML declaration", (xml) => `<?xml version="1.0"?><?xml version="1.0"?>${xml}`, forbidden),
  edited("E10", "an unbound prefix", (xml) => withAttribute(xml, "Response", 'q:x="1"'), invalid),
  edited("E11", "a byte order mark, which is no part of the document", (xml) => `\uFEFF${xml}`, { accept: true }),
  edited("E11", "two byte order marks", (xml) => `\uFEFF\uFEFF${xml}`, invalid),
  edited("E12", "an UTF-16 declaration", (xml) => `<?xml version="1.0" encoding="UTF-16"?>${xml}`, forbidden),
  edited("E12", "XML 1.1", (xml) => `<?xml version="1.1"?>${xml}`, forbidden),
  edited("E13", "Id beside ID", (xml) => withAttribute(xml, "Assertion", 'Id="_other"'), badId),
  edited(
    "E14",
    "another element with the assertion's id, as Id",
    (xml) => withAttribute(xml, "Status", 'Id="_assertion"'),
    {
      reject: "xml_id_duplicate",
    },
  ),
  edited("E15", "samlp:ID", (xml) => withAttribute(xml, "Status", 'samlp:ID="_x"'), badId),
  edited("E15", "xml:id", (xml) => withAttribute(xml, "Status", 'xml:id="_x"'), badId),
  edited("R3", "an identifier that is no name", (xml) => withAttribute(xml, "Status", 'ID="a b"'), badId),
  edited("E19", "a namespace redeclared on NameID", (xml) => withAttribute(xml, "NameID", 'xmlns:saml="urn:evil"'), {
    reject: "digest_mismatch",
  }),
  edited(
    "E20",
    "another namespace of the response",
    (xml) => xml.replaceAll("urn:oasis:names:tc:SAML:2.0:protocol", "urn:oasis:names:tc:SAML:1.0:protocol"),
    { reject: "root_unexpected" },
  ),
  edited("E21", "another name of the response", (xml) => xml.replaceAll("samlp:Response", "samlp:XResponse"), {
    reject: "root_unexpected",
  }),
  edited("E22", "a bare ampersand", (xml) => firstIn(xml, "NameID", "& "), invalid),
  edited("E22", "an unknown entity", (xml) => firstIn(xml, "NameID", "&nbsp;"), invalid),
  edited("E22", "a reference that does not end", (xml) => firstIn(xml, "NameID", "&amp"), invalid),
  edited("E22", "a stray ]]>", (xml) => firstIn(xml, "NameID", "]]>"), invalid),
  edited("E23", "&#0;", (xml) => firstIn(xml, "NameID", "&#0;"), invalid),
  edited("E23", "&#xD800;", (xml) => firstIn(xml, "NameID", "&#xD800;"), invalid),
  edited("E23", "&#x110000;", (xml) => firstIn(xml, "NameID", "&#x110000;"), invalid),
  edited("E24", "NUL", (xml) => inNameId(xml, [0]), invalid),
  edited("E24", "an escape character", (xml) => inNameId(xml, [0x1b]), invalid),
  edited("E24", "U+FFFF", (xml) => firstIn(xml, "NameID", "\uFFFF"), invalid),
  edited("E24", "a lone surrogate", (xml) => inNameId(xml, [0xed, 0xa0, 0x80]), { reject: "utf8_invalid" }),
  edited("E25", "invalid UTF-8", (xml) => inNameId(xml, [0xff]), { reject: "utf8_invalid" }),
  edited("E25", "an overlong form", (xml) => inNameId(xml, [0xc0, 0xbc]), { reject: "utf8_invalid" }),
  edited(
    "E26",
    "two attributes of one expanded name",
    (xml) => withAttribute(xml, "Status", 'xmlns:p="urn:x" xmlns:q="urn:x" p:x="1" q:x="2"'),
    { reject: "xml_attribute_duplicate" },
  ),
  edited("E26", "two attributes of one name", (xml) => withAttribute(xml, "Response", 'Version="2.0"'), invalid),
  ...[
    'xmlns:xml="urn:x"',
    'xmlns:x="http://www.w3.org/XML/1998/namespace"',
    'xmlns:x="http://www.w3.org/2000/xmlns/"',
    'xmlns:xmlns="urn:x"',
  ].map((declaration) =>
    edited("E27", declaration, (xml) => withAttribute(xml, "Status", declaration), {
      reject: ["xml_namespace_invalid", "xml_invalid"],
    }),
  ),
  edited("R4", "a relative namespace", (xml) => withAttribute(xml, "Status", 'xmlns:x="relative"'), {
    reject: "xml_namespace_invalid",
  }),
  edited("R4", "a prefix without a namespace", (xml) => withAttribute(xml, "Status", 'xmlns:x=""'), {
    reject: ["xml_namespace_invalid", "xml_invalid"],
  }),
  edited("E28", "40 levels", (xml) => firstIn(xml, "Status", "<x>".repeat(40) + "</x>".repeat(40)), complex),
  edited("E29", "5 000 elements", (xml) => firstIn(xml, "Status", "<x/>".repeat(5_000)), complex),
  edited(
    "R1",
    "65 attributes",
    (xml) => withAttribute(xml, "Status", Array.from({ length: 65 }, (_, index) => `a${index}=""`).join(" ")),
    complex,
  ),
  edited("R1", "a tag that does not end", (xml) => `${xml.slice(0, -1)} a="`, invalid),
  edited("R1", "a tag within a tag", (xml) => withAttribute(xml, "Status", '<x a="1"'), invalid),
  edited(
    "E30",
    "257 KB",
    (xml) => ({ field: Buffer.from(firstIn(xml, "Status", " ".repeat(200_000))).toString("base64") }),
    {
      reject: "response_too_large",
    },
  ),
  edited(
    "E31",
    "190 KB of nested namespaces",
    (xml) => firstIn(xml, "Status", nestedNamespaces(190_000 - xml.length)),
    complex,
  ),
  edited("E32", "base64 with bits to spare", (xml) => ({ field: spare(xml) }), { reject: "base64_invalid" }),
  edited(
    "E32",
    "base64 without padding",
    (xml) => ({ field: Buffer.from(padded(xml)).toString("base64").replace(/=+$/, "") }),
    {
      reject: "base64_invalid",
    },
  ),
  edited("E32", "base64url", (xml) => ({ field: `-_${Buffer.from(xml).toString("base64").slice(2)}` }), {
    reject: "base64_invalid",
  }),
  edited("E32", "garbage within base64", (xml) => ({ field: `${Buffer.from(xml).toString("base64")}*` }), {
    reject: "base64_invalid",
  }),
  edited("R1", "the empty field", () => ({ field: "" }), invalid),
  edited("R1", "no XML", () => ALICE, invalid),
  {
    id: "R1",
    title: "a quoted > ends no tag",
    bases: ["AS"],
    craft: ({ signed }) => withAttribute(signed(), "Status", "a='>' b=\">\""),
    expect: { accept: true },
  },
  edited("R14", "an entity in Destination", (xml) => xml.replace(SP.acsUrl, SP.acsUrl.replace("/acs", "&#47;acs")), {
    accept: true,
  }),
  edited("R1", "replaced content", (xml) => replaceContent(xml, "NameID", "<x></y>"), invalid),
];

/** A multiple of three bytes needs no padding. */
function padded(xml: string): string {
  return xml + " ".repeat(2 - ((Buffer.byteLength(xml) + 1) % 3) || 1);
}

/** The last character has two bits that no byte needs. */
function spare(xml: string): string {
  const base64 = Buffer.from(`${xml}${" ".repeat((5 - (Buffer.byteLength(xml) % 3)) % 3)}`).toString("base64");
  if (!base64.endsWith("=") || base64.endsWith("==")) throw new TypeError("needs one character of padding");
  return base64.replace(/.=$/, (end) => `${String.fromCharCode(end.charCodeAt(0) + 1)}=`);
}

function nestedNamespaces(length: number): string {
  const tag = (index: number) => `<x xmlns:n${index}="urn:${index}">`;
  let open = "";
  let depth = 0;
  for (; open.length + depth * 4 < length; depth += 1) open += tag(depth);
  return open + "</x>".repeat(depth);
}
