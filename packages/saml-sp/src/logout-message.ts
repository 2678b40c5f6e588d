/**
 * Logout messages as they come in, over either binding (rule R18): signed in any case, and read from nothing but the
 * bytes that the signature is over.
 *
 * @module
 */
import { SamlError } from "./errors.ts";
import { PROTOCOL_NAMESPACE, SIGNATURE_NAMESPACE } from "./namespaces.ts";
import type { MessageName } from "./outgoing-message.ts";
import type { RedirectMessage } from "./redirect-query.ts";
import { decodeResponse } from "./response-encoding.ts";
import { type Issuer, instantAttribute, malformed, readIssuer, requiredAttribute } from "./saml-element.ts";
import { type Signed, type Trust, verifyDetached, verifySignature } from "./signature.ts";
import { attributeOf, childElements, type Element, isNamed, parseXml } from "./xml.ts";

/** A message in a form field. */
export interface PostMessage {
  readonly binding: "post";
  readonly name: MessageName;
  readonly relayState: string | undefined;
  /** Base64, as it came. */
  readonly field: string;
}

/** A message as the browser brought it. */
export type IncomingMessage = RedirectMessage | PostMessage;

export type LogoutMessageName = "LogoutRequest" | "LogoutResponse";

/**
 * @param localName what the message must be
 * @throws {SamlError} of the stages `encoding`, `xml`, `structure` and `signature`
 */
export function openLogoutMessage(message: IncomingMessage, localName: LogoutMessageName, trust: Trust): Signed {
  const signed =
    message.binding === "redirect" ? openRedirected(message, trust) : openPosted(message, localName, trust);
  checkRoot(signed, localName);
  // Over a redirect no signature is within (SAML Bindings §3.4.4.1); of a form it was taken out before.
  if (reservedWithin(signed).length > 0) throw wrapping();
  return signed;
}

function openRedirected({ signature, open }: RedirectMessage, trust: Trust): Signed {
  if (signature === undefined) throw signatureMissing();
  return verifyDetached(signature, open, trust);
}

function openPosted({ field }: PostMessage, localName: LogoutMessageName, trust: Trust): Signed {
  const root = parseXml(decodeResponse(field));
  checkRoot(root, localName);
  const [signature, ...more] = reservedWithin(root);
  if (signature === undefined) throw signatureMissing();
  if (more.length > 0 || signature.parentNode !== root || !isNamed(signature, SIGNATURE_NAMESPACE, "Signature")) {
    throw wrapping();
  }
  return verifySignature(root, signature, trust);
}

function checkRoot(root: Element, localName: LogoutMessageName): void {
  if (isNamed(root, PROTOCOL_NAMESPACE, localName)) return;
  throw new SamlError("root_unexpected", `The document is not a SAML 2.0 ${localName}.`);
}

/** What has one place in a message or none; looked for in any namespace, as in responses. */
const RESERVED: ReadonlySet<string | null> = new Set([
  "LogoutRequest",
  "LogoutResponse",
  "Response",
  "Assertion",
  "EncryptedAssertion",
  "Signature",
]);

function reservedWithin(parent: Element): readonly Element[] {
  return childElements(parent).flatMap((child) => [
    ...(RESERVED.has(child.localName) ? [child] : []),
    ...reservedWithin(child),
  ]);
}

/** What requests and answers have in common (SAML Core §3.2.1, §3.2.2). */
export interface LogoutHeader {
  readonly id: string;
  readonly version: string | undefined;
  readonly issueInstant: Date;
  readonly issuer: Issuer;
  readonly destination: string | undefined;
}

const CODE = "logout_malformed";

/** @throws {SamlError} `logout_malformed`, `issuer_missing`, `instant_invalid` */
export function readLogoutHeader(message: Signed): LogoutHeader {
  const issuer = readIssuer(message, CODE);
  const issueInstant = instantAttribute(message, "IssueInstant");
  if (issuer === undefined) throw new SamlError("issuer_missing", "The logout message names no issuer.");
  if (issueInstant === undefined) throw malformed(CODE);
  return {
    id: requiredAttribute(message, "ID", CODE),
    version: attributeOf(message, "Version"),
    issueInstant,
    issuer,
    destination: attributeOf(message, "Destination"),
  };
}

function wrapping(): SamlError {
  return new SamlError("signature_wrapping", "The logout message holds something where nothing of that kind belongs.", {
    hint: "Identity providers do not send such messages: treat it as forged.",
  });
}

function signatureMissing(): SamlError {
  return new SamlError("signature_missing", "The logout message is not signed.", {
    hint: "Let the identity provider sign logout messages.",
  });
}
