import { attribute } from "./baseline-vectors.ts";
import { ALICE } from "./response-builder.ts";
import { before, firstIn, lastIn, withAttribute } from "./tag-index.ts";
import type { Vector } from "./vector.ts";

const forbidden = { reject: "xml_forbidden_markup" } as const;

/** An edit of a genuine response that canonicalization may not notice. */
function edited(
  id: string,
  title: string,
  edit: (xml: string) => string,
  expect: Vector["expect"] = forbidden,
): Vector {
  return { id, title, craft: ({ signed }) => edit(signed()), expect };
}

/** Something that an identity provider itself signed. */
function said(
  id: string,
  title: string,
  overrides: Parameters<Parameters<Vector["craft"]>[0]["signed"]>[0],
  expect: Vector["expect"],
): Vector {
  return { id, title, craft: ({ signed }) => signed(overrides), expect };
}

const NIL = `<saml:Attribute Name="phone"><saml:AttributeValue xsi:nil="true"/><saml:AttributeValue xsi:nil="1"/><saml:AttributeValue xsi:nil="false"></saml:AttributeValue></saml:Attribute>`;

export const TEXT_VECTORS: readonly Vector[] = [
  edited("T1", "a comment in NameID", (xml) => xml.replace(`>${ALICE}<`, ">alice@acme.example<!---->.evil.example<")),
  edited("T2", "a processing instruction behind NameID", (xml) => lastIn(xml, "NameID", "<?x .evil.example?>")),
  edited("T3", "a processing instruction before NameID", (xml) => firstIn(xml, "NameID", "<?not -?>")),
  edited("T4", "NameID split by CDATA", (xml) => xml.replace(`>${ALICE}<`, "><![CDATA[alice]]>@acme.example<")),
  edited("T5", "a comment in Audience", (xml) => firstIn(xml, "Audience", "<!--x-->")),
  edited("T6", "a processing instruction in AttributeValue", (xml) => firstIn(xml, "AttributeValue", "<?x y?>")),
  edited("T7", "a comment between elements", (xml) => before(xml, "Conditions", "<!--x-->")),
  said("T8", "a padded NameID", { nameIdXml: ` ${ALICE}\n` }, { reject: "name_id_invalid" }),
  said("T8", "a NameID padded with a no-break space", { nameIdXml: `${ALICE}\u00A0` }, { reject: "name_id_invalid" }),
  said("T9", "an element in NameID", { nameIdXml: `${ALICE}<x/>` }, { reject: "assertion_malformed" }),
  said(
    "T10",
    "two NameIDs",
    { nameIdXml: `${ALICE}</saml:NameID><saml:NameID>bob` },
    { reject: "assertion_malformed" },
  ),
  edited("T11", "an attribute named like a declaration", (xml) => withAttribute(xml, "NameID", 'xmlnsfoo="x"'), {
    reject: "xml_namespace_invalid",
  }),
  ...["\u2028", "\u2029", "\u0085"].map(
    (newline): Vector => ({
      id: "T12",
      title: `U+${newline.charCodeAt(0).toString(16)} for a line end`,
      craft: ({ signed }) => signed({ attributesXml: attribute("title", "a\nb") }).replace("a\nb", `a${newline}b`),
      expect: { reject: "digest_mismatch" },
    }),
  ),
  {
    id: "T12",
    title: "a genuine U+2028 stays what it is",
    signers: ["own"],
    oracleDiffers: "its parser makes it a line end",
    craft: ({ signed }) => signed({ attributesXml: attribute("title", "a\u2028b") }),
    expect: { accept: true, attributes: { title: ["a\u2028b"] } },
  },
  said("T13", "a homoglyph", { nameIdXml: "аlice@acme.example" }, { accept: true, nameId: "аlice@acme.example" }),
  said("T13", "a decomposed letter", { nameIdXml: "zoe\u0308" }, { accept: true, nameId: "zoe\u0308" }),
  said("T14", "an empty NameID", { nameIdXml: "" }, { reject: "name_id_invalid" }),
  said("T14", "a NameID without end", { nameIdXml: "a".repeat(1025) }, { reject: "name_id_invalid" }),
  said("T14", "a long NameID", { nameIdXml: "a".repeat(1024) }, { accept: true, nameId: "a".repeat(1024) }),
  said("T14", "no NameID", { nameIdXml: undefined }, { reject: "name_id_missing" }),
  said("T15", "xsi:nil", { attributesXml: NIL }, { accept: true, attributes: { phone: [null, null, ""] } }),
  said(
    "R17",
    "white space in values stays",
    { attributesXml: attribute("title", "  a  ") },
    { accept: true, attributes: { title: ["  a  "] } },
  ),
];
