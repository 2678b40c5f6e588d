/**
 * The outer shape of a response (rule R6): where its one assertion and its signatures are. Every element of these names
 * is counted in the whole tree and in any namespace, so that none can hide where only some readers look.
 *
 * @module
 */
import { SamlError } from "./errors.ts";
import { ASSERTION_NAMESPACE, PROTOCOL_NAMESPACE, SIGNATURE_NAMESPACE } from "./namespaces.ts";
import { childElements, type Element, isNamed } from "./xml.ts";

/** The elements that signatures are about; nothing of them is believed yet. */
export interface ResponseMessage {
  readonly response: Element;
  readonly responseSignature: Element | undefined;
  /** An `Assertion` or an `EncryptedAssertion`; undefined in the response of a failed sign-in. */
  readonly assertion: Element | undefined;
  /** Of the assertion; within an encrypted one it is not to be seen yet. */
  readonly assertionSignature: Element | undefined;
}

/**
 * @throws {SamlError} `root_unexpected`, `signature_wrapping`
 */
export function readMessage(response: Element): ResponseMessage {
  if (!isNamed(response, PROTOCOL_NAMESPACE, "Response")) {
    throw new SamlError("root_unexpected", "The document is not a SAML 2.0 response.");
  }
  const found = census(response);
  const [assertion, ...more] = [...found.Assertion, ...found.EncryptedAssertion];
  if (found.Response.length !== 1 || more.length > 0) throw wrapping();
  if (assertion !== undefined && assertion.parentNode !== response) throw wrapping();
  if (assertion !== undefined && assertion.namespaceURI !== ASSERTION_NAMESPACE) throw wrapping();
  const responseSignature = takeSignature(found.Signature, response);
  const isPlain = assertion !== undefined && !isEncrypted(assertion);
  const assertionSignature = isPlain ? takeSignature(found.Signature, assertion) : undefined;
  // Whoever has a signature elsewhere wants it to be found by somebody.
  const legitimate = [responseSignature, assertionSignature].filter((signature) => signature !== undefined);
  if (legitimate.length !== found.Signature.length) throw wrapping();
  return { response, responseSignature, assertion, assertionSignature };
}

export function isEncrypted(assertion: Element): boolean {
  return assertion.localName === "EncryptedAssertion";
}

/**
 * The signature of an assertion that stands alone, as it does when it comes out of an encrypted one.
 *
 * @throws {SamlError} `signature_wrapping` if it is no assertion, or holds another
 */
export function readAssertionSignature(assertion: Element): Element | undefined {
  const found = census(assertion);
  const isAlone = found.Assertion.length === 1 && found.EncryptedAssertion.length === 0 && found.Response.length === 0;
  if (!isAlone || !isNamed(assertion, ASSERTION_NAMESPACE, "Assertion")) throw wrapping();
  const signature = takeSignature(found.Signature, assertion);
  if (found.Signature.length > (signature === undefined ? 0 : 1)) throw wrapping();
  return signature;
}

type Census = Readonly<Record<"Response" | "Assertion" | "EncryptedAssertion" | "Signature", Element[]>>;

function census(root: Element): Census {
  const found: Census = { Response: [], Assertion: [], EncryptedAssertion: [], Signature: [] };
  count(root);
  return found;

  function count(element: Element): void {
    const { localName } = element;
    if (localName !== null && Object.hasOwn(found, localName)) found[localName as keyof Census].push(element);
    childElements(element).forEach(count);
  }
}

/** The first; a second is one too many for whoever counts them all. */
function takeSignature(signatures: readonly Element[], parent: Element): Element | undefined {
  const signature = signatures.find(({ parentNode }) => parentNode === parent);
  if (signature !== undefined && signature.namespaceURI !== SIGNATURE_NAMESPACE) throw wrapping();
  return signature;
}

function wrapping(): SamlError {
  return new SamlError("signature_wrapping", "The response holds an assertion or a signature where none belongs.", {
    hint: "Identity providers do not send such responses: treat it as forged.",
  });
}
