/**
 * Signature wrapping: a forged assertion is what a careless reader finds, a genuine one is what a careless verifier
 * finds. The numbers are those of "On Breaking SAML: Be Whoever You Want to Be" (USENIX Security 2012).
 *
 * @module
 */
import { type EnvelopedSigner, signatureOver, signElement, withSignature } from "../enveloped-signature.ts";
import { element, type XmlElement } from "../xml-writer.ts";
import { assertionElement, responseElement } from "./response-document.ts";
import type { ResponseFields } from "./response-fields.ts";

export type Wrapping = "xsw1" | "xsw2" | "xsw3" | "xsw4" | "xsw5" | "xsw6" | "xsw7" | "xsw8";

/** Whom every forged assertion is about. */
export const FORGED_NAME_ID = "forged@attacker.example";

/** The pieces that each attack arranges. */
interface Pieces {
  readonly honest: ResponseFields;
  readonly forged: ResponseFields;
  readonly signer: EnvelopedSigner;
}

/** A response that carries what `honest` says, signed, and says something else. */
export function wrappedResponse(wrapping: Wrapping, honest: ResponseFields, signer: EnvelopedSigner): XmlElement {
  const forged = {
    ...honest,
    responseId: `${honest.responseId}-forged`,
    assertionId: `${honest.assertionId}-forged`,
    nameId: FORGED_NAME_ID,
    attributes: { ...honest.attributes, email: FORGED_NAME_ID },
  };
  return ARRANGEMENTS[wrapping]({ honest, forged, signer });
}

const ARRANGEMENTS: Readonly<Record<Wrapping, (pieces: Pieces) => XmlElement>> = {
  // The signed response hides in the signature of a forged one.
  xsw1: ({ honest, forged, signer }) => {
    const genuine = responseElement(honest, assertionElement(honest));
    const signature = appended(signatureOver(genuine, signer), genuine);
    return withSignature(responseElement(forged, assertionElement(forged)), signature);
  },
  // The signed response stands before its signature, in a forged one.
  xsw2: ({ honest, forged, signer }) => {
    const genuine = responseElement(honest, assertionElement(honest));
    const response = withSignature(responseElement(forged, assertionElement(forged)), signatureOver(genuine, signer));
    return withSignature(response, genuine);
  },
  // The forged assertion comes first.
  xsw3: ({ honest, forged, signer }) =>
    responseElement(honest, assertionElement(forged), signElement(assertionElement(honest), signer)),
  // The forged assertion contains the signed one.
  xsw4: ({ honest, forged, signer }) =>
    responseElement(honest, appended(assertionElement(forged), signElement(assertionElement(honest), signer))),
  // The forged assertion carries the signature of the genuine one, which follows.
  xsw5: ({ honest, forged, signer }) => {
    const genuine = assertionElement(honest);
    return responseElement(honest, withSignature(assertionElement(forged), signatureOver(genuine, signer)), genuine);
  },
  // As before, and the genuine one hides in that signature.
  xsw6: ({ honest, forged, signer }) => {
    const genuine = assertionElement(honest);
    const signature = appended(signatureOver(genuine, signer), genuine);
    return responseElement(honest, withSignature(assertionElement(forged), signature));
  },
  // The forged assertion hides in an extension, whose content no schema restricts.
  xsw7: ({ honest, forged, signer }) => {
    const response = responseElement(honest, signElement(assertionElement(honest), signer));
    return withSignature(response, element("samlp:Extensions", {}, assertionElement(forged)));
  },
  // The genuine assertion hides in an object of the signature that the forged one carries.
  xsw8: ({ honest, forged, signer }) => {
    const genuine = assertionElement(honest);
    const signature = appended(signatureOver(genuine, signer), element("ds:Object", {}, genuine));
    return responseElement(honest, withSignature(assertionElement(forged), signature));
  },
};

function appended(parent: XmlElement, child: XmlElement): XmlElement {
  return { ...parent, children: [...parent.children, child] };
}
