import { KEYS } from "./keys.ts";
import { ALICE, EVIL } from "./response-builder.ts";
import {
  after,
  before,
  firstIn,
  hasElement,
  lastIn,
  replaceContent,
  replaceElement,
  take,
  withAttribute,
} from "./tag-index.ts";
import type { Base, Vector, Workshop } from "./vector.ts";

const wrapped = { reject: "signature_wrapping" } as const;
const ASSERTION_SIGNED: readonly Base[] = ["AS", "BS"];
const RESPONSE_SIGNED: readonly Base[] = ["RS", "BS"];

/** The element without its first signature. */
export function unsigned(xml: string): string {
  return hasElement(xml, "Signature") ? replaceElement(xml, "Signature", "") : xml;
}

/** The assertion about somebody else, under another ID and without a signature. */
export function forged(assertion: string, id = "_evil"): string {
  return unsigned(assertion).replaceAll(ALICE, EVIL).replace('ID="_assertion"', `ID="${id}"`);
}

function forgedResponse(response: string): string {
  const xml = response.replace('ID="_response"', 'ID="_evil-response"');
  return replaceElement(unsigned(xml), "Assertion", forged(take(response, "Assertion"), "_evil"));
}

function assertionOf(xml: string): string {
  return take(xml, "Assertion");
}

function extensions(content: string): string {
  return `<samlp:Extensions>${content}</samlp:Extensions>`;
}

/** A forged assertion that holds the genuine one somewhere within. */
function enclosing({ signed }: Workshop, place: (evil: string, genuine: string) => string): string {
  const xml = signed();
  const genuine = assertionOf(xml);
  return replaceElement(xml, "Assertion", place(forged(genuine), genuine));
}

export const WRAPPING_VECTORS: readonly Vector[] = [
  {
    id: "X1",
    title: "XSW1: the signed response in the signature of a forged one",
    bases: RESPONSE_SIGNED,
    craft: ({ signed }) => {
      const genuine = signed();
      const signature = lastIn(take(genuine, "Signature"), "Signature", unsigned(genuine));
      return before(forgedResponse(genuine), "Status", signature);
    },
    expect: wrapped,
  },
  {
    id: "X2",
    title: "XSW2: the signed response before its signature, in a forged one",
    bases: RESPONSE_SIGNED,
    craft: ({ signed }) => {
      const genuine = signed();
      return before(forgedResponse(genuine), "Status", unsigned(genuine) + take(genuine, "Signature"));
    },
    expect: wrapped,
  },
  {
    id: "X3",
    title: "XSW3: forged before the signed assertion",
    craft: ({ signed }) => before(signed(), "Assertion", forged(assertionOf(signed()))),
    expect: wrapped,
  },
  {
    id: "X4",
    title: "XSW4: signed inside the forged assertion",
    craft: (workshop) => enclosing(workshop, (evil, genuine) => lastIn(evil, "Assertion", genuine)),
    expect: wrapped,
  },
  {
    id: "X5",
    title: "XSW5: the forged assertion has the signature, the original is appended",
    bases: ASSERTION_SIGNED,
    craft: ({ signed }) => {
      const xml = signed();
      const genuine = assertionOf(xml);
      const evil = after(forged(genuine), "Issuer", take(genuine, "Signature"));
      return replaceElement(xml, "Assertion", evil + unsigned(genuine));
    },
    expect: wrapped,
  },
  {
    id: "X6",
    title: "XSW6: the original inside the signature",
    bases: ASSERTION_SIGNED,
    craft: (workshop) =>
      enclosing(workshop, (evil, genuine) =>
        after(evil, "Issuer", lastIn(take(genuine, "Signature"), "Signature", unsigned(genuine))),
      ),
    expect: wrapped,
  },
  {
    id: "X7",
    title: "XSW7: forged with the same ID in Extensions",
    craft: ({ signed }) => before(signed(), "Status", extensions(forged(assertionOf(signed()), "_assertion"))),
    expect: { reject: "xml_id_duplicate" },
  },
  ...["_assertion", "_evil"].map(
    (id): Vector => ({
      id: "X8",
      title: `XSW8: the original in a ds:Object, forged with ID ${id}`,
      bases: ASSERTION_SIGNED,
      craft: ({ signed }) => {
        const xml = signed();
        const genuine = assertionOf(xml);
        const object = `<ds:Object>${unsigned(genuine)}</ds:Object>`;
        const signature = lastIn(take(genuine, "Signature"), "Signature", object);
        return replaceElement(xml, "Assertion", after(forged(genuine, id), "Issuer", signature));
      },
      expect: { reject: id === "_assertion" ? "xml_id_duplicate" : "signature_wrapping" },
    }),
  ),
  {
    id: "X9",
    title: "genuine copy in Extensions, forged with the copied signature and the same ID",
    bases: ASSERTION_SIGNED,
    craft: ({ signed }) => {
      const xml = signed();
      const genuine = assertionOf(xml);
      const evil = after(forged(genuine, "_assertion"), "Issuer", take(genuine, "Signature"));
      return before(replaceElement(xml, "Assertion", evil), "Status", extensions(unsigned(genuine)));
    },
    expect: { reject: "xml_id_duplicate" },
  },
  {
    id: "X10",
    title: "genuine in Extensions, forged at the top",
    craft: ({ signed }) => {
      const xml = signed();
      const genuine = assertionOf(xml);
      return before(replaceElement(xml, "Assertion", forged(genuine)), "Status", extensions(genuine));
    },
    expect: wrapped,
  },
  {
    id: "X11",
    title: "forged in StatusDetail",
    craft: ({ signed }) => {
      const detail = `<samlp:StatusDetail>${forged(assertionOf(signed()))}</samlp:StatusDetail>`;
      return lastIn(signed(), "Status", detail);
    },
    expect: wrapped,
  },
  {
    id: "X12",
    title: "genuine in the Advice of the forged",
    craft: (workshop) =>
      enclosing(workshop, (evil, genuine) => before(evil, "AuthnStatement", `<saml:Advice>${genuine}</saml:Advice>`)),
    expect: wrapped,
  },
  {
    id: "X13",
    title: "genuine in an AttributeValue of the forged",
    craft: (workshop) => enclosing(workshop, (evil, genuine) => replaceContent(evil, "AttributeValue", genuine)),
    expect: wrapped,
  },
  {
    id: "X14",
    title: "genuine in the SubjectConfirmationData of the forged",
    craft: (workshop) => enclosing(workshop, (evil, genuine) => firstIn(evil, "SubjectConfirmationData", genuine)),
    expect: wrapped,
  },
  {
    id: "X15",
    title: "forged after the signed assertion",
    craft: ({ signed }) => after(signed(), "Assertion", forged(assertionOf(signed()))),
    expect: wrapped,
  },
  {
    id: "X16",
    title: "the signed response nested in a new one",
    craft: ({ signed }) => lastIn(forgedResponse(signed()), "Response", signed()),
    expect: wrapped,
  },
  {
    id: "X16",
    title: "a second, empty response",
    craft: ({ signed }) => before(signed(), "Status", extensions("<samlp:Response/>")),
    expect: wrapped,
  },
  {
    id: "X17",
    title: "the response's signature moved into the assertion",
    bases: ["RS"],
    craft: ({ signed }) => {
      const xml = signed();
      return after(unsigned(xml), "Issuer", take(xml, "Signature"), 1).replace(ALICE, EVIL);
    },
    expect: { reject: "signature_reference_invalid" },
  },
  {
    id: "X18",
    title: "the assertion's signature moved to the response, forged with another ID",
    bases: ["AS"],
    craft: ({ signed }) => {
      const xml = signed();
      const genuine = assertionOf(xml);
      return before(replaceElement(xml, "Assertion", forged(genuine)), "Status", take(genuine, "Signature"));
    },
    expect: { reject: "signature_reference_invalid" },
  },
  {
    id: "X19",
    title: "a stray AttributeStatement beside the assertion",
    craft: ({ signed }) => {
      const statement = take(forged(assertionOf(signed())), "AttributeStatement");
      const namespace = 'xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"';
      return after(signed(), "Assertion", withAttribute(statement, "AttributeStatement", namespace));
    },
    expect: { reject: "response_malformed" },
  },
  {
    id: "X20",
    title: "a second, identical copy",
    craft: ({ signed }) => after(signed(), "Assertion", assertionOf(signed())),
    expect: { reject: "xml_id_duplicate" },
  },
  {
    id: "X21",
    title: "an EncryptedAssertion beside the assertion",
    craft: ({ signed }) =>
      after(
        signed(),
        "Assertion",
        '<saml:EncryptedAssertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"><x/></saml:EncryptedAssertion>',
      ),
    expect: wrapped,
  },
  {
    id: "X21",
    title: "an EncryptedAssertion alone",
    craft: ({ signed }) =>
      replaceElement(
        signed(),
        "Assertion",
        '<saml:EncryptedAssertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"><x/></saml:EncryptedAssertion>',
      ),
    expect: { reject: ["decryption_failed", "digest_mismatch"] },
  },
  {
    id: "X22",
    title: "an Assertion of a foreign namespace beside the real one",
    craft: ({ signed }) => before(signed(), "Assertion", '<evil:Assertion xmlns:evil="urn:evil" ID="_evil"/>'),
    expect: wrapped,
  },
  {
    id: "X22",
    title: "the only Assertion is of a foreign namespace",
    craft: ({ signed }) => replaceElement(signed(), "Assertion", '<evil:Assertion xmlns:evil="urn:evil" ID="_evil"/>'),
    expect: wrapped,
  },
  {
    id: "X23",
    title: "three signatures",
    craft: ({ signed }) => {
      const signature = take(signed(), "Signature");
      const twice = after(signed(), "Signature", signature);
      return before(twice, "Status", extensions(signature));
    },
    expect: wrapped,
  },
  {
    id: "X23",
    title: "a signature where none belongs",
    craft: ({ signed }) => before(signed(), "Status", extensions(take(signed(), "Signature"))),
    expect: wrapped,
  },
  {
    id: "X23",
    title: "the only signature is of a foreign namespace",
    bases: ["AS", "RS"],
    craft: ({ signed }) => replaceElement(signed(), "Signature", '<x:Signature xmlns:x="urn:x"/>'),
    expect: wrapped,
  },
  {
    id: "R6",
    title: "an assertion that is no child of the response",
    craft: ({ signed }) => {
      const xml = signed();
      return before(replaceElement(xml, "Assertion", ""), "Status", extensions(assertionOf(xml)));
    },
    expect: wrapped,
  },
  {
    id: "R6",
    title: "no assertion",
    craft: ({ signed }) => replaceElement(signed(), "Assertion", ""),
    expect: { reject: "assertion_missing" },
  },
];

function failed({ build, sign }: Workshop): string {
  const statusCode = "urn:oasis:names:tc:SAML:2.0:status:Responder";
  return sign(replaceElement(build({ statusCode }), "Assertion", ""), "_response");
}

function forgedFor({ build }: Workshop): string {
  return forged(assertionOf(build()));
}

/** ERR: a signed response about a failed sign-in, which is easy to come by. */
export const DIGEST_SCOPE_VECTORS: readonly Vector[] = [
  {
    id: "D1",
    title: "a decoy signature with the same value holds the forged assertion",
    craft: (workshop) => {
      const xml = workshop.signed();
      const decoy = lastIn(take(xml, "Signature"), "Signature", forgedFor(workshop));
      return before(xml, "Signature", decoy);
    },
    expect: wrapped,
  },
  {
    id: "D2",
    title: "ERR with the forged assertion in an Object of its signature",
    bases: ["RS"],
    craft: (workshop) => lastIn(failed(workshop), "Signature", `<ds:Object>${forgedFor(workshop)}</ds:Object>`),
    expect: wrapped,
  },
  {
    id: "D3",
    title: "ERR with the forged assertion as a child",
    bases: ["RS"],
    craft: (workshop) => lastIn(failed(workshop), "Response", forgedFor(workshop)),
    expect: { reject: "status_not_success" },
  },
  {
    id: "D3",
    title: "ERR with the forged assertion as a child, and success",
    bases: ["RS"],
    craft: (workshop) =>
      lastIn(failed(workshop), "Response", forgedFor(workshop)).replace("status:Responder", "status:Success"),
    expect: { reject: "digest_mismatch" },
  },
  {
    id: "D4",
    title: "ERR nested in a forged response",
    bases: ["RS"],
    craft: (workshop) => {
      const evil = workshop.build({ responseId: "_evil-response", assertionId: "_evil", nameIdXml: EVIL });
      return before(evil, "Status", extensions(failed(workshop)));
    },
    expect: wrapped,
  },
  {
    id: "D5",
    title: "forged text inside KeyInfo, which nobody reads",
    craft: ({ signed }) => lastIn(signed(), "KeyInfo", `<saml:NameID xmlns:saml="urn:x">${EVIL}</saml:NameID>`),
    expect: { accept: true },
  },
  {
    id: "R9",
    title: "a forged signature beside the genuine one: all that are there must hold",
    bases: ["AS"],
    craft: ({ signed, sign }) => sign(signed(), "_response").replace("Destination=", 'Consent="urn:x" Destination='),
    expect: { reject: "digest_mismatch" },
  },
  {
    id: "R9",
    title: "a stranger's signature within what the identity provider signed: all that are there must hold",
    bases: ["RS"],
    craft: ({ build, sign }) => sign(sign(build(), "_assertion", { keys: KEYS.attacker }), "_response"),
    expect: { reject: "signature_invalid" },
  },
];
