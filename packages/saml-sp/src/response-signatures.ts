/**
 * Which signatures a response must carry (rules R9 and R10): all that are there must hold, and what is believed comes
 * from the bytes of the outermost one. An encrypted assertion is believed if it was signed before or after (rule R11).
 *
 * @module
 */
import { type Decryption, decryptElement } from "./encryption.ts";
import { SamlError } from "./errors.ts";
import type { IdentityProviderSettings } from "./identity-provider.ts";
import { ASSERTION_NAMESPACE } from "./namespaces.ts";
import { isEncrypted, type ResponseMessage, readAssertionSignature, readMessage } from "./response-message.ts";
import { type Signed, signedChildren, signedPlaintext, type Trust, verifySignature } from "./signature.ts";
import type { Element } from "./xml.ts";

/** What may be believed. */
export interface VerifiedMessage {
  /** Undefined when only the assertion is signed. */
  readonly response: Signed | undefined;
  readonly assertion: Signed;
}

/** Whom to believe, and what to decrypt with. */
export interface Verification extends Trust {
  readonly policy: SignaturePolicy;
  readonly decryption: Decryption;
}

/**
 * @throws {SamlError} `assertion_missing`, `decryption_failed`, or of stage `signature`
 */
export function verifyMessage(message: ResponseMessage, verification: Verification): VerifiedMessage {
  const { response, responseSignature, assertion } = message;
  const { policy } = verification;
  if (assertion === undefined) throw assertionMissing();
  const signedResponse = responseSignature && verifySignature(response, responseSignature, verification);
  const read = isEncrypted(assertion) ? encryptedAssertion : plainAssertion;
  const { within, own } = read(message, signedResponse, verification);
  if (!isSatisfied(policy, within !== undefined, own !== undefined)) throw signatureMissing(policy);
  const believed = within ?? own;
  if (believed === undefined) throw signatureMissing(policy);
  return { response: signedResponse, assertion: believed };
}

/** The assertion by what makes it believed: the signature of the response, and its own. */
interface SignedAssertion {
  readonly within: Signed | undefined;
  readonly own: Signed | undefined;
}

function plainAssertion(message: ResponseMessage, response: Signed | undefined, trust: Trust): SignedAssertion {
  const { assertion, assertionSignature } = message;
  return {
    own: assertion && assertionSignature && verifySignature(assertion, assertionSignature, trust),
    within: response && assertionWithin(response),
  };
}

/**
 * Of a signed response the ciphertext is the identity provider's. Of another anybody may have made it, so until the
 * assertion's own signature holds nothing is told of what became of it.
 */
function encryptedAssertion(
  { assertion }: ResponseMessage,
  response: Signed | undefined,
  verification: Verification,
): SignedAssertion {
  const { decryption, policy } = verification;
  if (response !== undefined) {
    const within = signedPlaintext(assertionWithin(response), (ciphertext) =>
      decryptElement(ciphertext, true, decryption, checkedAssertion),
    );
    return { within, own: ownSignature(within, verification) };
  }
  // Nothing is decrypted that would not do even if it were signed.
  if (assertion === undefined || !isSatisfied(policy, false, true)) throw signatureMissing(policy);
  const own = decryptElement(assertion, false, decryption, (plaintext) => {
    const signed = ownSignature(plaintext, verification);
    if (signed === undefined) throw signatureMissing(policy);
    return signed;
  });
  return { within: undefined, own };
}

function checkedAssertion(plaintext: Element): Element {
  readAssertionSignature(plaintext);
  return plaintext;
}

function ownSignature(assertion: Element, trust: Trust): Signed | undefined {
  const signature = readAssertionSignature(assertion);
  return signature && verifySignature(assertion, signature, trust);
}

export type SignaturePolicy = NonNullable<IdentityProviderSettings["signaturePolicy"]>;

function isSatisfied(policy: SignaturePolicy, responseIsSigned: boolean, assertionIsSigned: boolean): boolean {
  switch (policy) {
    case "response":
      return responseIsSigned;
    case "assertion":
      return assertionIsSigned;
    case "both":
      return responseIsSigned && assertionIsSigned;
    case "either":
      return responseIsSigned || assertionIsSigned;
  }
}

/** The signed bytes are a document of their own and must have the same shape. */
function assertionWithin(response: Signed): Signed {
  readMessage(response);
  const [assertion] = ["Assertion", "EncryptedAssertion"].flatMap((name) =>
    signedChildren(response, ASSERTION_NAMESPACE, name),
  );
  if (assertion === undefined) throw assertionMissing();
  return assertion;
}

function assertionMissing(): SamlError {
  return new SamlError("assertion_missing", "The response holds no assertion.");
}

function signatureMissing(policy: SignaturePolicy): SamlError {
  return new SamlError("signature_missing", "The response is not signed as this sign-in demands.", {
    hint: "Let the identity provider sign the assertion, the response or both, as the connection is set up.",
    details: { policy },
  });
}
