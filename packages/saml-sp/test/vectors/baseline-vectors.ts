import { KEYS } from "./keys.ts";
import { x509Data } from "./sign.ts";
import { after, rangeOf, splice } from "./tag-index.ts";
import type { Vector } from "./vector.ts";

const accept = { accept: true } as const;

/** V1 to V3 are the three bases of every vector here. */
export const BASELINE_VECTORS: readonly Vector[] = [
  { id: "V1", title: "signed assertion", bases: ["AS"], craft: ({ signed }) => signed(), expect: accept },
  { id: "V2", title: "signed response", bases: ["RS"], craft: ({ signed }) => signed(), expect: accept },
  { id: "V3", title: "both signed", bases: ["BS"], craft: ({ signed }) => signed(), expect: accept },
  { id: "V6", title: "default namespaces", craft: ({ signed }) => signed({ prefixes: "default" }), expect: accept },
  { id: "V6", title: "saml2 prefixes", craft: ({ signed }) => signed({ prefixes: "saml2" }), expect: accept },
  {
    id: "V7",
    title: "namespaces declared on the response only",
    craft: ({ signed }) => signed({ prefixes: "inherited" }),
    expect: accept,
  },
  // xml-crypto writes the list into the enveloped transform too, where nothing may be.
  {
    id: "V8",
    title: "PrefixList xs",
    signers: ["own"],
    craft: ({ signed }) => signed({}, { prefixList: "xs" }),
    expect: accept,
  },
  {
    id: "V8",
    title: "PrefixList #default xs, declared on the response",
    signers: ["own"],
    craft: ({ signed }) => signed({ prefixes: "inherited" }, { prefixList: "#default xs saml" }),
    expect: accept,
  },
  {
    id: "V8",
    title: "PrefixList xs, which the assertion declares otherwise than the response",
    bases: ["AS"],
    signers: ["own"],
    craft: ({ build, sign }) =>
      sign(build().replace("<saml:Assertion ", '<saml:Assertion xmlns:xs="urn:other" '), "_assertion", {
        prefixList: "xs",
      }),
    expect: accept,
  },
  { id: "V9", title: "pretty-printed", craft: ({ signed }) => signed({ indent: "\n  " }), expect: accept },
  { id: "V10", title: "CRLF line ends", craft: ({ signed }) => signed({ indent: "\r\n" }), expect: accept },
  { id: "V11", title: "no KeyInfo", craft: ({ signed }) => signed({}, { keyInfoXml: undefined }), expect: accept },
  {
    id: "V12",
    title: "KeyInfo with KeyName and KeyValue",
    craft: ({ signed }) =>
      signed(
        {},
        {
          keyInfoXml:
            "<ds:KeyName>k1</ds:KeyName><ds:KeyValue><ds:RSAKeyValue><ds:Modulus>AQAB</ds:Modulus><ds:Exponent>AQAB</ds:Exponent></ds:RSAKeyValue></ds:KeyValue>",
        },
      ),
    expect: accept,
  },
  {
    id: "V13",
    title: "RSA-SHA512",
    craft: ({ signed }) =>
      signed(
        {},
        {
          signatureMethod: "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512",
          digestMethod: "http://www.w3.org/2001/04/xmlenc#sha512",
        },
      ),
    expect: accept,
  },
  {
    id: "V13",
    title: "RSA-SHA384",
    signers: ["own"],
    oracleDiffers: "it does not know the algorithm",
    craft: ({ signed }) =>
      signed(
        {},
        {
          signatureMethod: "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384",
          digestMethod: "http://www.w3.org/2001/04/xmldsig-more#sha384",
        },
      ),
    expect: accept,
  },
  {
    id: "V14",
    title: "ECDSA P-256",
    signers: ["own"],
    oracleDiffers: "it does not know the algorithm",
    settings: { certificates: [KEYS.ec.certificate] },
    craft: ({ signed }) =>
      signed(
        {},
        {
          keys: KEYS.ec,
          signatureMethod: "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256",
          keyInfoXml: x509Data(KEYS.ec.certificate),
        },
      ),
    expect: accept,
  },
  {
    id: "V15",
    title: "the second configured certificate matches",
    settings: { certificates: [KEYS.idpB.certificate, KEYS.ec.certificate, KEYS.idpA.certificate] },
    craft: ({ signed }) => signed(),
    expect: accept,
  },
  {
    id: "V16",
    title: "character references",
    craft: ({ signed }) => signed({ nameIdXml: "&#97;lice&#x40;acme.example" }),
    expect: accept,
  },
  {
    id: "V17",
    title: "XML declaration",
    craft: ({ signed }) => `<?xml version="1.0" encoding="UTF-8"?>\n${signed()}`,
    expect: accept,
  },
  {
    id: "V18",
    title: "wrapped base64 in the signature",
    signers: ["own"],
    craft: ({ signed }) => signed({}, { wrapBase64: true }),
    expect: accept,
  },
  {
    id: "V18",
    title: "wrapped base64 in the form field",
    craft: ({ signed }) => ({
      field: Buffer.from(signed())
        .toString("base64")
        .replace(/(.{76})/g, "$1\r\n"),
    }),
    expect: accept,
  },
  {
    id: "V18",
    title: "indented signature",
    signers: ["own"],
    bases: ["AS", "RS"],
    craft: ({ signed }) => {
      // Between SignedInfo and its siblings: outside of what is signed.
      const xml = signed();
      return splice(
        after(xml, "SignedInfo", "\n    "),
        rangeOf(xml, "Signature").contentStart,
        rangeOf(xml, "Signature").contentStart,
        "\n    ",
      );
    },
    expect: accept,
  },
  {
    id: "V",
    title: "values and names beyond ASCII, and U+FFFD",
    signers: ["own"],
    craft: ({ signed }) =>
      signed({ nameIdXml: "zoë@acme.example", attributesXml: attribute("Straße", "日本 \u{1F600} \uFFFD") }),
    expect: { accept: true, nameId: "zoë@acme.example", attributes: { Straße: ["日本 \u{1F600} \uFFFD"] } },
  },
  {
    id: "V",
    title: "Keycloak's roles, an element each",
    craft: ({ signed }) => signed({ attributesXml: attribute("Role", "a") + attribute("Role", "b") }),
    expect: { accept: true, attributes: { Role: ["a", "b"] } },
  },
  {
    id: "V",
    title: "Shibboleth's eduPersonTargetedID, an element as value",
    craft: ({ signed }) =>
      signed({
        attributesXml: `<saml:Attribute Name="eptid"><saml:AttributeValue><saml:NameID>x</saml:NameID></saml:AttributeValue></saml:Attribute>`,
      }),
    expect: { accept: true, attributes: { eptid: [] } },
  },
  {
    id: "R78",
    title: "the callback as audience",
    craft: ({ signed }) =>
      signed({
        audienceXml:
          "<saml:AudienceRestriction><saml:Audience>https://other.example</saml:Audience><saml:Audience>https://app.example/saml/c1/acs</saml:Audience></saml:AudienceRestriction>",
      }),
    expect: accept,
  },
  {
    id: "R5",
    title: "SHA-1 where the connection accepts it",
    settings: { insecureAcceptSha1: true },
    craft: ({ signed }) =>
      signed(
        {},
        {
          signatureMethod: "http://www.w3.org/2000/09/xmldsig#rsa-sha1",
          digestMethod: "http://www.w3.org/2000/09/xmldsig#sha1",
        },
      ),
    expect: accept,
  },
];

/** An attribute with one value. */
export function attribute(name: string, value: string): string {
  return `<saml:Attribute Name="${name}"><saml:AttributeValue>${value}</saml:AttributeValue></saml:Attribute>`;
}
