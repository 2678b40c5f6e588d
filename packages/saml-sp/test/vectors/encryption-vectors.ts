import { attribute } from "./baseline-vectors.ts";
import { CBC_256, type EncryptOptions, encryptElement, OAEP_11, OAEP_MGF1P, RSA_1_5, XENC, XENC11 } from "./encrypt.ts";
import { KEYS } from "./keys.ts";
import { ALICE, EVIL, type ResponseContent } from "./response-builder.ts";
import { after, before, replaceElement, take, withAttribute } from "./tag-index.ts";
import type { Expectation, Vector } from "./vector.ts";

const accept = { accept: true } as const;
const failed = { reject: "decryption_failed" } as const;

/** Encrypted once with these options, whatever is signed. */
function encrypted(
  id: string,
  title: string,
  options: Partial<EncryptOptions>,
  expect: Expectation = accept,
  more: Partial<Vector> & { readonly overrides?: Partial<ResponseContent> } = {},
): Vector {
  const { overrides, ...rest } = more;
  return { id, title, craft: (workshop) => workshop.encrypted(options, overrides), expect, ...rest };
}

const SHA1 = "http://www.w3.org/2000/09/xmldsig#sha1";
const SHA256 = `${XENC}sha256`;
const MGF_SHA1 = `${XENC11}mgf1sha1`;
const MGF_SHA256 = `${XENC11}mgf1sha256`;

const HONEST: readonly Vector[] = [
  encrypted("V4", "the assertion is signed, then encrypted", {}, accept, { bases: ["AS"] }),
  encrypted("V5", "the assertion is encrypted, then the response signed", {}, accept, { bases: ["RS"] }),
  encrypted("V5", "both signed", {}, accept, { bases: ["BS"] }),
  ...["aes128-gcm", "aes192-gcm", "aes256-gcm"].map((name) => encrypted("R11", name, { contentMethod: XENC11 + name })),
  ...[
    { keyMethod: OAEP_MGF1P, digest: SHA1 },
    { keyMethod: OAEP_MGF1P, digest: SHA256 },
    { keyMethod: OAEP_11, digest: SHA256 },
    { keyMethod: OAEP_11, digest: SHA256, mask: MGF_SHA256 },
    { keyMethod: OAEP_11, digest: SHA1, mask: MGF_SHA256 },
    { keyMethod: OAEP_11, digest: SHA256, mask: MGF_SHA1 },
    { keyMethod: OAEP_11, digest: `${XENC}sha512`, mask: `${XENC11}mgf1sha512` },
    { keyMethod: OAEP_11, mask: MGF_SHA256, label: "label" },
    { keyMethod: OAEP_MGF1P, label: "label" },
  ].map((options) => encrypted("R11", `RSA-OAEP ${JSON.stringify(options)}`, options)),
  encrypted("R11", "for the current of two keys", { keys: KEYS.sp2 }),
  encrypted("R11", "for the previous of two keys", { keys: KEYS.sp1 }),
  encrypted("R11", "the key beside the data, with a RetrievalMethod", { placement: "beside" }),
  encrypted("R11", "the key beside the data, without one", { placement: "unreferenced" }),
  encrypted("R11", "no Type", { type: undefined }),
  encrypted("R11", "white space around the plaintext", { plaintext: (xml) => `\n  ${xml}\n` }),
  ...(["saml2", "default", "inherited"] as const).map((prefixes) =>
    encrypted("R11", `prefixes: ${prefixes}`, {}, accept, { overrides: { prefixes } }),
  ),
  encrypted("R11", "a prefix of PrefixList that is declared outside", {}, accept, {
    bases: ["AS"],
    signers: ["own"],
    craft: ({ build, sign }) =>
      encryptElement(sign(build({ prefixes: "inherited" }), "_assertion", { prefixList: "xs" }), "Assertion"),
  }),
  encrypted("C4", "AES-CBC under the signature of the response", { contentMethod: CBC_256 }, accept, {
    bases: ["RS", "BS"],
  }),
  encrypted("C4", "AES-CBC where the connection takes the risk", { contentMethod: `${XENC}aes128-cbc` }, accept, {
    bases: ["AS"],
    settings: { insecureAcceptCbcEncryption: true },
  }),
];

const PARTS: readonly Vector[] = [
  {
    id: "R11",
    title: "an encrypted NameID",
    craft: ({ base, build, sign }) => {
      const xml = encryptElement(build(), "NameID");
      const inner = base === "RS" ? xml : sign(xml, "_assertion");
      return base === "AS" ? inner : sign(inner, "_response");
    },
    expect: accept,
  },
  {
    id: "R11",
    title: "an encrypted attribute among others",
    bases: ["AS"],
    craft: ({ build, sign }) =>
      sign(encryptElement(build({ attributesXml: attribute("role", "admin") }), "Attribute", {}, 2), "_assertion"),
    expect: { accept: true, attributes: { role: ["admin"] } },
  },
  {
    id: "R11",
    title: "an encrypted NameID within an encrypted assertion",
    bases: ["AS"],
    craft: ({ build, sign }) => encryptElement(sign(encryptElement(build(), "NameID"), "_assertion"), "Assertion"),
    expect: accept,
  },
  {
    id: "R11",
    title: "AES-CBC within what is signed",
    bases: ["AS"],
    craft: ({ build, sign }) => sign(encryptElement(build(), "NameID", { contentMethod: CBC_256 }), "_assertion"),
    expect: accept,
  },
  {
    id: "R11",
    title: "a NameID in the clear and an encrypted one",
    bases: ["AS"],
    craft: ({ build, sign }) =>
      sign(after(build(), "NameID", take(encryptElement(build(), "NameID"), "EncryptedID")), "_assertion"),
    expect: { reject: "assertion_malformed" },
  },
  {
    id: "R11",
    title: "an EncryptedID that holds something else",
    bases: ["AS"],
    craft: ({ build, sign }) =>
      sign(encryptElement(build(), "NameID", { plaintext: (xml) => xml.replaceAll("NameID", "BaseID") }), "_assertion"),
    expect: failed,
  },
  {
    id: "R11",
    title: "more encrypted attributes than anybody sends",
    bases: ["AS"],
    craft: ({ build, sign }) => sign(build({ attributesXml: "<saml:EncryptedAttribute/>".repeat(33) }), "_assertion"),
    expect: { reject: "assertion_malformed" },
  },
];

/** What anybody can do who knows our certificate, so everything is refused with the same words. */
const UNSIGNED: readonly Vector[] = [
  {
    id: "C1",
    title: "an unsigned assertion",
    bases: ["AS"],
    craft: ({ build }) => encryptElement(build({ nameIdXml: EVIL }), "Assertion"),
    expect: failed,
  },
  {
    id: "C2",
    title: "signed within by an attacker",
    bases: ["AS"],
    craft: ({ build, sign }) =>
      encryptElement(sign(build({ nameIdXml: EVIL }), "_assertion", { keys: KEYS.attacker }), "Assertion"),
    expect: failed,
  },
  {
    id: "C2",
    title: "altered within after it was signed",
    bases: ["AS"],
    craft: ({ encrypted: make }) => make({ plaintext: (xml) => xml.replaceAll(ALICE, EVIL) }),
    expect: failed,
  },
  encrypted("C4", "AES-CBC with more than a block of padding", { contentMethod: CBC_256, morePadding: 16 }, failed, {
    bases: ["RS", "BS"],
  }),
  encrypted("C4", "AES-CBC that no signature covers", { contentMethod: CBC_256 }, failed, { bases: ["AS"] }),
  {
    id: "C11",
    title: "a genuine encrypted assertion within a forged one",
    bases: ["AS"],
    craft: ({ encrypted: make, build }) =>
      encryptElement(after(build({ nameIdXml: EVIL }), "NameID", take(make(), "EncryptedAssertion")), "Assertion"),
    expect: failed,
  },
  {
    id: "C11",
    title: "a genuine signed assertion within a forged one",
    bases: ["AS"],
    craft: ({ signed, build }) =>
      encryptElement(after(build({ assertionId: "_evil" }), "NameID", take(signed(), "Assertion")), "Assertion"),
    expect: failed,
  },
];

/** Both signed and not: what follows is the provider's own, or made by whoever altered an unsigned response. */
const BROKEN: readonly Vector[] = [
  encrypted("C5", "RSA PKCS#1 version 1.5", { keyMethod: RSA_1_5 }, failed),
  encrypted(
    "C5",
    "OAEP that is called RSA PKCS#1 version 1.5",
    { rewrite: (xml) => xml.replace(OAEP_MGF1P, RSA_1_5) },
    failed,
  ),
  encrypted("C5", "Triple DES", { contentMethod: `${XENC}tripledes-cbc` }, failed, {
    settings: { insecureAcceptCbcEncryption: true },
  }),
  encrypted("C5", "an algorithm named like a property", { contentMethod: "constructor" }, failed),
  encrypted("C5", "a digest that is not known", { keyMethod: OAEP_11, digest: "urn:md5" }, failed),
  encrypted("C5", "a mask that is not known", { keyMethod: OAEP_11, mask: "urn:mgf1md5" }, failed),
  encrypted("C6", "a tag of four bytes", { tagBytes: 4 }, failed),
  encrypted(
    "C6",
    "no more than an initialization vector",
    { rewrite: (xml) => xml.replace(/<xenc:CipherValue>[^<]*/, "<xenc:CipherValue>AAAAAAAAAAAAAAAA") },
    failed,
  ),
  encrypted("C8", "two keys within", { rewrite: (xml) => after(xml, "EncryptedKey", otherKey(xml)) }, failed),
  encrypted(
    "C8",
    "two keys beside",
    { placement: "beside", rewrite: (xml) => after(xml, "EncryptedKey", otherKey(xml)) },
    failed,
  ),
  encrypted(
    "C8",
    "a key within and a key beside",
    { rewrite: (xml) => after(xml, "EncryptedData", otherKey(xml)) },
    failed,
  ),
  encrypted("C8", "no key", { rewrite: (xml) => replaceElement(xml, "EncryptedKey", "") }, failed),
  encrypted(
    "C8",
    "two EncryptedData",
    { rewrite: (xml) => after(xml, "EncryptedData", take(xml, "EncryptedData").replace(/ Id="[^"]*"/g, "")) },
    failed,
  ),
  ...["https://attacker.example/key", "", "#_data", "#_assertion", "#xpointer(id('_key'))"].map((uri) =>
    encrypted(
      "C9",
      `a RetrievalMethod to "${uri}"`,
      { placement: "beside", rewrite: (xml) => xml.replace('URI="#_key"', `URI="${uri}"`) },
      failed,
    ),
  ),
  encrypted(
    "C9",
    "a RetrievalMethod with a transform",
    {
      placement: "beside",
      rewrite: (xml) => xml.replace('URI="#_key"/>', 'URI="#_key"><ds:Transforms/></ds:RetrievalMethod>'),
    },
    failed,
  ),
  encrypted(
    "C9",
    "a CipherReference",
    {
      rewrite: (xml) =>
        replaceElement(xml, "CipherValue", '<xenc:CipherReference URI="https://attacker.example/"/>', 1),
    },
    failed,
  ),
  ...Object.entries({
    "a DOCTYPE": (xml: string) => `<!DOCTYPE saml:Assertion>${xml}`,
    "an XML declaration": (xml: string) => `<?xml version="1.0"?>${xml}`,
    "a comment in the NameID": (xml: string) => xml.replace(ALICE, `${ALICE}<!---->.evil.example`),
    "two roots": (xml: string) => xml + xml.replaceAll("_assertion", "_second"),
    "two documents": (xml: string) => `${xml}</context><context>`,
    "text around it": (xml: string) => `x${xml}`,
    nothing: () => "",
    "bytes that are no text": () => Buffer.of(0xff, 0xfe, 0x3c),
    "too many elements": (xml: string) => xml.replace("<saml:Subject>", `${"<x/>".repeat(4_001)}<saml:Subject>`),
  }).map(([title, plaintext]) => encrypted("C10", `the plaintext is ${title}`, { plaintext }, failed)),
  encrypted(
    "C11",
    "an encrypted assertion within an encrypted one",
    { plaintext: (xml) => take(encryptElement(xml, "Assertion"), "EncryptedAssertion") },
    failed,
  ),
  encrypted(
    "C11",
    "a response within",
    { plaintext: (xml) => `<saml:Response xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${xml}</saml:Response>` },
    failed,
  ),
  ...Object.entries({
    "an assertion": '<saml:Assertion ID="_inner"/>',
    "an encrypted assertion": "<saml:EncryptedAssertion/>",
    "a response": '<x:Response xmlns:x="urn:x"/>',
    "a signature": '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/>',
  }).map(([title, xml]) =>
    encrypted("C11", `${title} in the advice within`, {}, failed, {
      overrides: { adviceXml: `<saml:Advice>${xml}</saml:Advice>` },
    }),
  ),
  encrypted(
    "C10",
    "the plaintext is an assertion of a foreign namespace",
    { plaintext: (xml) => xml.replaceAll("urn:oasis:names:tc:SAML:2.0:assertion", "urn:other") },
    failed,
  ),
  encrypted(
    "C10",
    "the plaintext has a name that is no UTF-8",
    { plaintext: (xml) => Buffer.from(xml.replaceAll("Alice", "Alic\u00e9"), "latin1") },
    failed,
  ),
  encrypted(
    "C8",
    "something else beside the data",
    { rewrite: (xml) => after(xml, "EncryptedData", '<x:y xmlns:x="urn:x"/>') },
    failed,
  ),
  ...["EncryptionMethod", "KeyInfo", "CipherData"].map((name) =>
    encrypted(
      "C8",
      `two ${name} in the data`,
      {
        rewrite: (xml) => after(xml, name, take(xml, name).replace(/ Id="[^"]*"/g, ""), name === "CipherData" ? 1 : 0),
      },
      failed,
    ),
  ),
  encrypted(
    "C9",
    "a RetrievalMethod to something of another type",
    { placement: "beside", rewrite: (xml) => xml.replace(`${XENC}EncryptedKey"`, `${XENC}EncryptedData"`) },
    failed,
  ),
  encrypted("C12", "for a key that is not ours", { keys: KEYS.attacker }, failed),
  ...[0, 1].map((nth) =>
    encrypted(
      "C13",
      nth === 0 ? "a truncated key" : "a truncated ciphertext",
      { rewrite: (xml) => truncated(xml, nth) },
      failed,
    ),
  ),
  encrypted(
    "C13",
    "ciphertext that is no base64",
    { rewrite: (xml) => xml.replaceAll("<xenc:CipherValue>", "<xenc:CipherValue>*") },
    failed,
  ),
  encrypted("R11", "the Type of content", { type: `${XENC}Content` }, failed),
];

/** What an attacker changes of a response that is signed: the signature says so before anything is decrypted. */
const SWAPPED: readonly Vector[] = [
  {
    id: "C3",
    title: "the encrypted assertion of a signed response swapped",
    bases: ["RS", "BS"],
    craft: ({ encrypted: make, build }) =>
      replaceElement(
        make(),
        "EncryptedAssertion",
        take(encryptElement(build({ nameIdXml: EVIL }), "Assertion"), "EncryptedAssertion"),
      ),
    expect: { reject: "digest_mismatch" },
  },
  {
    id: "C3",
    title: "one bit of the ciphertext changed",
    bases: ["RS", "BS"],
    craft: ({ encrypted: make }) => truncated(make(), 1),
    expect: { reject: "digest_mismatch" },
  },
  {
    id: "C7",
    title: "two encrypted assertions",
    craft: ({ encrypted: make }) =>
      after(make(), "EncryptedAssertion", take(make(), "EncryptedAssertion").replace(/ Id="[^"]*"/g, "")),
    expect: { reject: "signature_wrapping" },
  },
  {
    id: "C7",
    title: "an encrypted assertion beside one in the clear",
    craft: ({ encrypted: make, build }) => before(make(), "EncryptedAssertion", take(build(), "Assertion")),
    expect: { reject: "signature_wrapping" },
  },
  {
    id: "C7",
    title: "an encrypted assertion in the extensions",
    bases: ["AS"],
    craft: ({ encrypted: make, build }) =>
      replaceElement(
        build(),
        "Assertion",
        `<samlp:Extensions>${take(make(), "EncryptedAssertion")}</samlp:Extensions>`,
      ),
    expect: { reject: "signature_wrapping" },
  },
  {
    id: "C7",
    title: "a signature within the encrypted assertion's wrapper",
    bases: ["AS"],
    craft: ({ encrypted: make, signed }) => before(make(), "EncryptedData", take(signed(), "Signature")),
    expect: { reject: "signature_wrapping" },
  },
  {
    id: "C7",
    title: "an EncryptedAssertion of a foreign namespace",
    craft: ({ encrypted: make }) =>
      withAttribute(make(), "EncryptedAssertion", 'xmlns:x="urn:x"').replaceAll(
        "saml:EncryptedAssertion",
        "x:EncryptedAssertion",
      ),
    expect: { reject: "signature_wrapping" },
  },
];

/** What anybody can do to an encrypted response on its way. */
export const ENCRYPTION_EDITS: readonly Vector[] = SWAPPED;

export const ENCRYPTION_VECTORS: readonly Vector[] = [...HONEST, ...PARTS, ...UNSIGNED, ...BROKEN, ...SWAPPED];

function otherKey(xml: string): string {
  return take(xml, "EncryptedKey").replace(/ Id="[^"]*"/, "");
}

/** The nth value, four characters shorter. */
function truncated(xml: string, nth: number): string {
  const value = take(xml, "CipherValue", nth);
  return replaceElement(xml, "CipherValue", value.replace(/.{4}(?=<\/)/, ""), nth);
}
