/**
 * Which signatures a response must carry (rules R9 and R10): all that are there must hold, and what is believed comes
 * from the bytes of the outermost one.
 *
 * @module
 */
import { SamlError } from "./errors.ts";
import type { IdentityProviderSettings } from "./identity-provider.ts";
import { ASSERTION_NAMESPACE } from "./namespaces.ts";
import { type ResponseMessage, readMessage } from "./response-message.ts";
import { type Signed, signedChildren, type Trust, verifySignature } from "./signature.ts";

/** What may be believed. */
export interface VerifiedMessage {
  /** Undefined when only the assertion is signed. */
  readonly response: Signed | undefined;
  readonly assertion: Signed;
}

/**
 * @throws {SamlError} `assertion_missing`, or of stage `signature`
 */
export function verifyMessage(message: ResponseMessage, policy: SignaturePolicy, trust: Trust): VerifiedMessage {
  const { response, responseSignature, assertion, assertionSignature } = message;
  if (assertion === undefined) throw assertionMissing();
  const signedResponse = responseSignature && verifySignature(response, responseSignature, trust);
  const signedAssertion = assertionSignature && verifySignature(assertion, assertionSignature, trust);
  if (!isSatisfied(policy, signedResponse !== undefined, signedAssertion !== undefined)) throw signatureMissing(policy);
  if (signedResponse !== undefined) return { response: signedResponse, assertion: assertionWithin(signedResponse) };
  if (signedAssertion !== undefined) return { response: undefined, assertion: signedAssertion };
  throw signatureMissing(policy);
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
  const [assertion] = signedChildren(response, ASSERTION_NAMESPACE, "Assertion");
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
