/**
 * Responses that a service must refuse, as data: each bends one stage of the making of an honest one.
 *
 * @module
 */
import { type EnvelopedSigner, signElement } from "../enveloped-signature.ts";
import type { XmlElement } from "../xml-writer.ts";
import { type Encrypter, encryptElement, type TestEncryption } from "./encrypt.ts";
import { TEST_KEY_PAIRS } from "./keys.ts";
import { assertionElement, responseElement } from "./response-document.ts";
import type { ResponseFields } from "./response-fields.ts";
import type { TestSigner } from "./sign.ts";
import { FORGED_NAME_ID, type Wrapping, wrappedResponse } from "./wrapping.ts";

/**
 * What is wrong with a response; `replayed-id` is right at its first use, `encrypted-cbc` where the response is signed.
 */
export type TestResponseVariant =
  | Wrapping
  | "unsigned"
  | "other-key"
  | "tampered"
  | "sha1"
  | "hmac"
  | "comment-in-nameid"
  | "doctype"
  | "expired"
  | "not-yet-valid"
  | "wrong-issuer"
  | "wrong-audience"
  | "wrong-recipient"
  | "wrong-destination"
  | "wrong-request"
  | "holder-of-key"
  | "failed-status"
  | "replayed-id"
  | "encrypted-unsigned"
  | "encrypted-other-key"
  | "encrypted-for-another"
  | "encrypted-swapped"
  | "encrypted-cbc"
  | "encrypted-rsa-1_5"
  | "encrypted-short-tag";

/** The stages, in their order; those that are absent are done honestly. */
export interface Bend {
  readonly fields?: (honest: ResponseFields) => Partial<ResponseFields>;
  readonly signer?: Partial<TestSigner>;
  /** Encrypts what was not asked to be encrypted, too. */
  readonly encryption?: TestEncryption;
  readonly compose?: (fields: ResponseFields, signer: EnvelopedSigner, encrypter: Encrypter) => XmlElement;
  readonly rewrite?: (xml: string, fields: ResponseFields) => string;
}

const ELSEWHERE = "https://elsewhere.example";
const HOUR_MS = 3_600_000;

/** How each variant is made. */
export const BENDS: Readonly<Record<TestResponseVariant, Bend>> = {
  unsigned: { compose: (fields) => responseElement(fields, assertionElement(fields)) },
  "other-key": { signer: { keys: TEST_KEY_PAIRS.stranger } },
  tampered: { rewrite: (xml, { nameId }) => xml.replaceAll(nameIdEnd(nameId), nameIdEnd(`${nameId}-tampered`)) },
  sha1: { signer: { algorithm: "rsa-sha1" } },
  hmac: { signer: { algorithm: "hmac-sha256" } },
  // The signature holds, as canonicalization drops comments; a reader of the first text node sees another person.
  "comment-in-nameid": {
    fields: ({ nameId }) => ({ nameId: `${nameId}.attacker.example` }),
    rewrite: (xml) => xml.replaceAll(nameIdEnd(".attacker.example"), `<!---->.attacker.example</saml:NameID>`),
  },
  doctype: { rewrite: (xml) => `<!DOCTYPE samlp:Response>${xml}` },
  expired: { fields: (honest) => shifted(honest, -HOUR_MS) },
  "not-yet-valid": { fields: (honest) => shifted(honest, HOUR_MS) },
  "wrong-issuer": { fields: () => ({ issuer: ELSEWHERE }) },
  "wrong-audience": { fields: () => ({ audience: ELSEWHERE }) },
  "wrong-recipient": { fields: () => ({ recipient: ELSEWHERE }) },
  "wrong-destination": { fields: () => ({ destination: ELSEWHERE }) },
  "wrong-request": { fields: () => ({ inResponseTo: "_never-asked" }) },
  "holder-of-key": { fields: () => ({ confirmationMethod: "urn:oasis:names:tc:SAML:2.0:cm:holder-of-key" }) },
  "failed-status": { fields: () => ({ statusCode: "urn:oasis:names:tc:SAML:2.0:status:Responder" }) },
  "replayed-id": { fields: () => ({ assertionId: "_replayed" }) },
  "encrypted-unsigned": {
    compose: (fields, _, encrypter) => responseElement(fields, encryptElement(assertionElement(fields), encrypter)),
  },
  "encrypted-other-key": { signer: { keys: TEST_KEY_PAIRS.stranger }, encryption: {} },
  "encrypted-for-another": { encryption: { certificate: TEST_KEY_PAIRS.stranger.certificate } },
  "encrypted-swapped": { compose: swappedAssertion },
  "encrypted-cbc": { encryption: { content: "aes256-cbc" } },
  "encrypted-rsa-1_5": { encryption: { keyTransport: "rsa-1_5" } },
  "encrypted-short-tag": { encryption: { tagBytes: 4 } },
  xsw1: wrapping("xsw1"),
  xsw2: wrapping("xsw2"),
  xsw3: wrapping("xsw3"),
  xsw4: wrapping("xsw4"),
  xsw5: wrapping("xsw5"),
  xsw6: wrapping("xsw6"),
  xsw7: wrapping("xsw7"),
  xsw8: wrapping("xsw8"),
};

function wrapping(name: Wrapping): Bend {
  return { compose: (fields, signer) => wrappedResponse(name, fields, signer) };
}

/** The response is signed with one encrypted assertion and sent with another. */
function swappedAssertion(fields: ResponseFields, signer: EnvelopedSigner, encrypter: Encrypter): XmlElement {
  const genuine = encryptElement(assertionElement(fields), encrypter);
  const forged = encryptElement(assertionElement({ ...fields, nameId: FORGED_NAME_ID }), encrypter);
  const response = signElement(responseElement(fields, genuine), signer);
  return { ...response, children: response.children.map((child) => (child === genuine ? forged : child)) };
}

/** The whole response was made at another time. */
function shifted(honest: ResponseFields, byMs: number): Partial<ResponseFields> {
  const shift = (date: Date) => new Date(date.getTime() + byMs);
  const optional = (date: Date | null) => date && shift(date);
  return {
    issuedAt: shift(honest.issuedAt),
    notBefore: optional(honest.notBefore),
    notOnOrAfter: optional(honest.notOnOrAfter),
    authnInstant: shift(honest.authnInstant),
  };
}

function nameIdEnd(value: string): string {
  return `${value}</saml:NameID>`;
}
