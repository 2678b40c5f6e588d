import { createHash, createPublicKey } from "node:crypto";
import { KEYS } from "./keys.ts";
import { EVIL } from "./response-builder.ts";
import { ENVELOPED, EXCLUSIVE, type SignOptions, x509Data } from "./sign.ts";
import { after, before, firstIn, lastIn, replaceContent, replaceElement, take, withAttribute } from "./tag-index.ts";
import type { Base, Vector } from "./vector.ts";

const malformed = { reject: "signature_malformed" } as const;

/** An edit of the first signature of a genuine response. */
function edited(
  id: string,
  title: string,
  edit: (xml: string) => string,
  expect: Vector["expect"] = malformed,
): Vector {
  return { id, title, craft: ({ signed }) => edit(signed()), expect };
}

function forgedDigest(xml: string): string {
  return replaceContent(take(xml, "SignedInfo"), "DigestValue", createHash("sha256").update("evil").digest("base64"));
}

/** The shape of a signature: S1 to S18. */
export const SIGNED_INFO_VECTORS: readonly Vector[] = [
  edited("S1", "two SignedInfo, the forged one first", (xml) => before(xml, "SignedInfo", forgedDigest(xml))),
  edited("S2", "two SignedInfo, the forged one last", (xml) => after(xml, "SignedInfo", forgedDigest(xml))),
  edited("S3", "a comment in DigestValue, before", (xml) => firstIn(xml, "DigestValue", "<!--x-->"), {
    reject: "xml_forbidden_markup",
  }),
  edited("S4", "a comment in DigestValue, after", (xml) => lastIn(xml, "DigestValue", "<!--x-->"), {
    reject: "xml_forbidden_markup",
  }),
  edited("S5", "two References", (xml) => after(xml, "Reference", take(xml, "Reference"))),
  edited("S6", "two DigestValues", (xml) => before(xml, "DigestValue", "<ds:DigestValue>AAAA</ds:DigestValue>")),
  edited("S7", "a SignedInfo of a foreign namespace first", (xml) =>
    before(xml, "SignedInfo", `<x:SignedInfo xmlns:x="urn:x"/>`),
  ),
  ...["SignedInfo", "SignatureValue", "KeyInfo", "Reference", "DigestValue", "Transform"].map((name) =>
    edited("S7", `${name} itself is of a foreign namespace`, (xml) => withAttribute(xml, name, 'xmlns:ds="urn:x"'), {
      reject: ["signature_malformed", "signature_transforms_invalid"],
    }),
  ),
  edited(
    "S8",
    "a Signature of a foreign namespace first",
    (xml) => before(xml, "Signature", `<x:Signature xmlns:x="urn:x"/>`),
    { reject: "signature_wrapping" },
  ),
  edited("S9", "the genuine SignedInfo in an Object", (xml) =>
    lastIn(
      replaceElement(xml, "SignedInfo", forgedDigest(xml)),
      "Signature",
      `<ds:Object>${take(xml, "SignedInfo")}</ds:Object>`,
    ),
  ),
  edited("S10", "a CanonicalizationMethod before SignedInfo", (xml) =>
    before(xml, "SignedInfo", `<ds:CanonicalizationMethod Algorithm="${EXCLUSIVE}"/>`),
  ),
  edited("S11", "a SignatureMethod before SignedInfo", (xml) =>
    before(xml, "SignedInfo", take(xml, "SignatureMethod")),
  ),
  edited("S12", "a comment in SignatureValue", (xml) => firstIn(xml, "SignatureValue", "<!--x-->"), {
    reject: "xml_forbidden_markup",
  }),
  edited(
    "S13",
    "CDATA in DigestValue",
    (xml) => replaceContent(xml, "DigestValue", `<![CDATA[${take(xml, "DigestValue").replace(/<[^>]*>/g, "")}]]>`),
    { reject: "xml_forbidden_markup" },
  ),
  edited("S14", "garbage behind the base64 of SignatureValue", (xml) => lastIn(xml, "SignatureValue", "!!!")),
  edited("S14", "garbage behind the base64 of DigestValue", (xml) => lastIn(xml, "DigestValue", "=AAAA")),
  edited("S14", "an element in DigestValue", (xml) => lastIn(xml, "DigestValue", "<x/>")),
  edited("S15", "a ds:Object", (xml) => lastIn(xml, "Signature", "<ds:Object/>")),
  edited("S16", "a second KeyInfo", (xml) => after(xml, "KeyInfo", "<ds:KeyInfo/>")),
  edited("S17", "SignatureValue before SignedInfo", (xml) =>
    before(replaceElement(xml, "SignatureValue", ""), "SignedInfo", take(xml, "SignatureValue")),
  ),
  edited(
    "S18",
    "void canonicalization: a relative namespace and the digest of nothing",
    (xml) =>
      withAttribute(
        replaceContent(xml, "DigestValue", createHash("sha256").update("").digest("base64")),
        "Assertion",
        'xmlns:x="1"',
      ),
    { reject: "xml_namespace_invalid" },
  ),
  edited(
    "S18",
    "the digest of nothing",
    (xml) => replaceContent(xml, "DigestValue", createHash("sha256").update("").digest("base64")),
    { reject: "digest_mismatch" },
  ),
  edited("R7", "text between the children of SignedInfo", (xml) => after(xml, "SignatureMethod", "x")),
  edited("R7", "an element within DigestMethod", (xml) => firstIn(xml, "DigestMethod", "<x/>")),
  edited("R7", "an element within SignatureMethod", (xml) =>
    firstIn(xml, "SignatureMethod", "<ds:HMACOutputLength>1</ds:HMACOutputLength>"),
  ),
  edited("R7", "a parameter of the enveloped transform", (xml) => firstIn(xml, "Transform", "<x/>")),
  edited("R7", "a foreign parameter of the exclusive transform", (xml) => firstIn(xml, "Transform", "<x/>", 1)),
  edited("R7", "two prefix lists", (xml) =>
    firstIn(xml, "Transform", `<e:InclusiveNamespaces xmlns:e="${EXCLUSIVE}"/>`.repeat(2), 1),
  ),
];

const ASSERTION_SIGNED: readonly Base[] = ["AS", "BS"];

function signedWith(options: Partial<SignOptions>): Pick<Vector, "craft" | "signers"> {
  return { signers: ["own"], craft: ({ signed }) => signed({}, options) };
}

const spki = createPublicKey(KEYS.idpA.certificate).export({ type: "spki", format: "der" });
const unknownSigner = { reject: "signature_invalid" } as const;
const refusedAlgorithm = { reject: "signature_algorithm_refused" } as const;
const HMAC_SHA1 = "http://www.w3.org/2000/09/xmldsig#hmac-sha1";
const HMAC_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256";
const attackerInfo = x509Data(KEYS.attacker.certificate);
const genuineInfo = x509Data(KEYS.idpA.certificate);

/** Whose signature it is: K1 to K7, N1 to N7. */
export const TRUST_VECTORS: readonly Vector[] = [
  {
    id: "K1",
    title: "signed by the attacker, whose certificate is in KeyInfo",
    craft: ({ signed }) => signed({}, { keys: KEYS.attacker, keyInfoXml: attackerInfo }),
    expect: unknownSigner,
  },
  {
    id: "K2",
    title: "signed by the attacker, the genuine certificate in KeyInfo",
    craft: ({ signed }) => signed({}, { keys: KEYS.attacker, keyInfoXml: genuineInfo }),
    expect: unknownSigner,
  },
  {
    id: "K3",
    title: "signed by the attacker, both certificates in KeyInfo",
    craft: ({ signed }) => signed({}, { keys: KEYS.attacker, keyInfoXml: genuineInfo + attackerInfo }),
    expect: unknownSigner,
  },
  {
    id: "K4",
    title: "HMAC-SHA1 with the certificate as secret",
    ...signedWith({ signatureMethod: HMAC_SHA1, hmacSecret: KEYS.idpA.certificate }),
    expect: refusedAlgorithm,
  },
  {
    id: "K4",
    title: "HMAC-SHA1 where SHA-1 is accepted",
    settings: { insecureAcceptSha1: true },
    ...signedWith({ signatureMethod: HMAC_SHA1, hmacSecret: KEYS.idpA.certificate }),
    expect: refusedAlgorithm,
  },
  {
    id: "K5",
    title: "HMAC-SHA256 with the public key as secret",
    ...signedWith({ signatureMethod: HMAC_SHA256, hmacSecret: spki }),
    expect: refusedAlgorithm,
  },
  {
    id: "K6",
    title: "signed by another identity provider",
    craft: ({ signed }) => signed({}, { keys: KEYS.idpB }),
    expect: unknownSigner,
  },
  {
    id: "K7",
    title: "an X.509 chain in KeyInfo",
    craft: ({ signed }) => signed({}, { keys: KEYS.attacker, keyInfoXml: attackerInfo + genuineInfo + genuineInfo }),
    expect: unknownSigner,
  },
  { id: "N1", title: "unsigned", craft: ({ build }) => build(), expect: { reject: "signature_missing" } },
  {
    id: "N2",
    title: "an empty signature",
    craft: ({ signed }) => replaceContent(signed(), "Signature", ""),
    expect: malformed,
  },
  {
    id: "N3",
    title: "no SignatureValue",
    craft: ({ signed }) => replaceElement(signed(), "SignatureValue", ""),
    expect: malformed,
  },
  {
    id: "N4",
    title: "an empty SignatureValue",
    craft: ({ signed }) => replaceContent(signed(), "SignatureValue", ""),
    expect: malformed,
  },
  {
    id: "N4",
    title: "a short SignatureValue",
    craft: ({ signed }) => replaceContent(signed(), "SignatureValue", "AAAA"),
    expect: unknownSigner,
  },
  {
    id: "N5",
    title: "forged text with a digest of its own",
    signers: ["own"],
    bases: ["AS", "RS"],
    craft: ({ base, build, sign }) => {
      const id = base === "AS" ? "_assertion" : "_response";
      const genuine = sign(build(), id);
      const digest = take(sign(build({ nameIdXml: EVIL }), id), "DigestValue");
      return replaceElement(genuine, "DigestValue", digest).replace(
        ">alice@acme.example</saml:NameID>",
        `>${EVIL}</saml:NameID>`,
      );
    },
    expect: unknownSigner,
  },
  {
    id: "N5",
    title: "another digest",
    craft: ({ signed }) => replaceContent(signed(), "DigestValue", createHash("sha256").update("x").digest("base64")),
    expect: { reject: "digest_mismatch" },
  },
  {
    id: "N6",
    title: "the signature of another response",
    bases: ["AS", "RS"],
    craft: ({ signed }) => replaceElement(signed({ nameIdXml: EVIL }), "Signature", take(signed(), "Signature")),
    expect: { reject: "digest_mismatch" },
  },
  {
    id: "N7",
    title: "a connection without certificates",
    settings: { certificates: [] },
    craft: ({ signed }) => signed(),
    expect: { reject: "certificate_missing" },
  },
  {
    id: "N7",
    title: "a connection without certificates, an unsigned response",
    settings: { certificates: [] },
    craft: ({ build }) => build(),
    expect: { reject: "certificate_missing" },
  },
  {
    id: "R8",
    title: "more certificates than are tried",
    settings: { certificates: Array.from({ length: 6 }, () => KEYS.idpA.certificate) },
    craft: ({ signed }) => signed(),
    expect: { reject: "certificate_too_many" },
  },
  {
    id: "R8",
    title: "an expired certificate",
    options: { now: new Date("2200-01-01T00:00:00Z") },
    craft: ({ signed }) => signed(),
    expect: { reject: "certificate_expired" },
  },
];

const EC_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256";
const transforms = { reject: "signature_transforms_invalid" } as const;
const reference = { reject: "signature_reference_invalid" } as const;
const XPATH = "http://www.w3.org/TR/1999/REC-xpath-19991116";
const XSLT = "http://www.w3.org/TR/1999/REC-xslt-19991116";
const INCLUSIVE = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";

/** What a signature names: A1 to A14, and the references of E16 to E18. */
export const ALGORITHM_VECTORS: readonly Vector[] = [
  {
    id: "A1",
    title: "RSA-SHA1",
    craft: ({ signed }) => signed({}, { signatureMethod: "http://www.w3.org/2000/09/xmldsig#rsa-sha1" }),
    expect: refusedAlgorithm,
  },
  {
    id: "A2",
    title: "a SHA-1 digest",
    craft: ({ signed }) => signed({}, { digestMethod: "http://www.w3.org/2000/09/xmldsig#sha1" }),
    expect: { reject: "digest_algorithm_refused" },
  },
  {
    id: "A3",
    title: "inclusive canonicalization of SignedInfo",
    ...signedWith({ canonicalizationMethod: INCLUSIVE }),
    expect: { reject: "canonicalization_algorithm_refused" },
  },
  {
    id: "A3",
    title: "inclusive canonicalization of the content",
    ...signedWith({ transforms: [ENVELOPED, INCLUSIVE] }),
    expect: transforms,
  },
  {
    id: "A4",
    title: "canonicalization of SignedInfo with comments",
    ...signedWith({ canonicalizationMethod: `${EXCLUSIVE}WithComments` }),
    expect: { reject: "canonicalization_algorithm_refused" },
  },
  {
    id: "A4",
    title: "canonicalization of the content with comments",
    ...signedWith({ transforms: [ENVELOPED, `${EXCLUSIVE}WithComments`] }),
    expect: transforms,
  },
  { id: "A5", title: "the enveloped transform only", ...signedWith({ transforms: [ENVELOPED] }), expect: transforms },
  { id: "A6", title: 'URI=""', ...signedWith({ uri: "" }), expect: reference },
  { id: "A7", title: "XSLT", ...signedWith({ transforms: [ENVELOPED, XSLT, EXCLUSIVE] }), expect: transforms },
  {
    id: "A8",
    title: "40 transforms",
    ...signedWith({ transforms: [ENVELOPED, ...Array.from({ length: 39 }, () => EXCLUSIVE)] }),
    expect: transforms,
  },
  ...["constructor", "__proto__", "toString"].flatMap((name): readonly Vector[] => [
    { id: "A9", title: `SignatureMethod ${name}`, ...signedWith({ signatureMethod: name }), expect: refusedAlgorithm },
    {
      id: "A9",
      title: `DigestMethod ${name}`,
      ...signedWith({ digestMethod: name }),
      expect: { reject: "digest_algorithm_refused" },
    },
    {
      id: "A9",
      title: `CanonicalizationMethod ${name}`,
      ...signedWith({ canonicalizationMethod: name }),
      expect: { reject: "canonicalization_algorithm_refused" },
    },
    { id: "A9", title: `Transform ${name}`, ...signedWith({ transforms: [ENVELOPED, name] }), expect: transforms },
  ]),
  { id: "A10", title: "XPath", ...signedWith({ transforms: [XPATH, EXCLUSIVE] }), expect: transforms },
  { id: "A11", title: "no enveloped transform", ...signedWith({ transforms: [EXCLUSIVE] }), expect: transforms },
  {
    id: "A11",
    title: "the transforms in reverse",
    ...signedWith({ transforms: [EXCLUSIVE, ENVELOPED] }),
    expect: transforms,
  },
  {
    id: "A12",
    title: "an EC key with an RSA algorithm",
    settings: { certificates: [KEYS.ec.certificate] },
    ...signedWith({ keys: KEYS.ec }),
    expect: unknownSigner,
  },
  {
    id: "A12",
    title: "an RSA key with an EC algorithm",
    ...signedWith({ signatureMethod: EC_SHA256 }),
    expect: unknownSigner,
  },
  {
    id: "A12",
    title: "a short EC signature",
    settings: { certificates: [KEYS.ec.certificate] },
    bases: ["AS", "RS"],
    signers: ["own"],
    craft: ({ signed }) =>
      replaceContent(signed({}, { keys: KEYS.ec, signatureMethod: EC_SHA256 }), "SignatureValue", "AAAA"),
    expect: unknownSigner,
  },
  ecSignature("an EC signature as the sequence that other protocols have", derSequence),
  ecSignature("an EC signature of zeros", (value) => Buffer.alloc(value.length)),
  ecSignature("an EC signature with something behind it", (value) => Buffer.concat([value, Buffer.of(0)])),
  {
    id: "A13",
    title: "an RSA key of 1024 bits",
    settings: { certificates: [KEYS.weak.certificate] },
    ...signedWith({ keys: KEYS.weak }),
    expect: { reject: "certificate_key_unsupported" },
  },
  {
    id: "A14",
    title: "RSA-PSS",
    ...signedWith({ signatureMethod: "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1" }),
    expect: refusedAlgorithm,
  },
  {
    id: "E16",
    title: "a quote in the URI",
    ...signedWith({ uri: "#x&apos; or &apos;1&apos;=&apos;1" }),
    expect: reference,
  },
  {
    id: "E17",
    title: "a URI without #",
    bases: ASSERTION_SIGNED,
    ...signedWith({ uri: "_assertion" }),
    expect: reference,
  },
  { id: "E18", title: "an xpointer", ...signedWith({ uri: "#xpointer(id('_assertion'))" }), expect: reference },
  { id: "E18", title: "an xpointer to the root", ...signedWith({ uri: "#xpointer(/)" }), expect: reference },
];

/** The genuine signature by an EC key, made into something else. */
function ecSignature(title: string, remake: (value: Buffer) => Buffer): Vector {
  return {
    id: "A12",
    title,
    settings: { certificates: [KEYS.ec.certificate] },
    bases: ["AS", "RS"],
    signers: ["own"],
    craft: ({ signed }) => {
      const xml = signed({}, { keys: KEYS.ec, signatureMethod: EC_SHA256 });
      const value = Buffer.from(take(xml, "SignatureValue").replace(/<[^>]+>/g, ""), "base64");
      return replaceContent(xml, "SignatureValue", remake(value).toString("base64"));
    },
    expect: { reject: "signature_invalid" },
  };
}

/** SEC 1 §C.5, where XML Signature §6.4.3 has the two numbers one after the other. */
function derSequence(value: Buffer): Buffer {
  const content = Buffer.concat([
    derInteger(value.subarray(0, value.length / 2)),
    derInteger(value.subarray(value.length / 2)),
  ]);
  return Buffer.concat([Buffer.of(0x30, content.length), content]);
}

/** The shortest form, and no negative number. */
function derInteger(number: Buffer): Buffer {
  const digits = number.subarray(number.findIndex((byte) => byte !== 0));
  const padded = Buffer.concat([Buffer.alloc((digits[0] ?? 0) >> 7), digits]);
  return Buffer.concat([Buffer.of(2, padded.length), padded]);
}
