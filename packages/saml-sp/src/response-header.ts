/**
 * A response without its assertion (SAML Core §3.2.2). Unless it is signed, it serves to refuse and never to grant.
 *
 * @module
 */
import { ASSERTION_NAMESPACE, PROTOCOL_NAMESPACE, SIGNATURE_NAMESPACE } from "./namespaces.ts";
import { readStatusCodes } from "./response-status.ts";
import { checkChildren, type Issuer, instantAttribute, optionalChild, readIssuer } from "./saml-element.ts";
import { attributeOf, type Element } from "./xml.ts";

export interface ResponseHeader {
  readonly version: string | undefined;
  readonly issueInstant: Date | undefined;
  readonly issuer: Issuer | undefined;
  readonly destination: string | undefined;
  readonly inResponseTo: string | undefined;
  /** The outer code and those within (SAML Core §3.2.2.2). */
  readonly statusCodes: readonly string[];
}

const CHILDREN = [
  [ASSERTION_NAMESPACE, "Issuer"],
  [SIGNATURE_NAMESPACE, "Signature"],
  [PROTOCOL_NAMESPACE, "Extensions"],
  [PROTOCOL_NAMESPACE, "Status"],
  [ASSERTION_NAMESPACE, "Assertion"],
  [ASSERTION_NAMESPACE, "EncryptedAssertion"],
] as const;

/** @throws {SamlError} `response_malformed`, `instant_invalid` */
export function readHeader(response: Element): ResponseHeader {
  checkChildren(response, CHILDREN, "response_malformed");
  const status = optionalChild(response, PROTOCOL_NAMESPACE, "Status", "response_malformed");
  return {
    version: attributeOf(response, "Version"),
    issueInstant: instantAttribute(response, "IssueInstant"),
    issuer: readIssuer(response, "response_malformed"),
    destination: attributeOf(response, "Destination"),
    inResponseTo: attributeOf(response, "InResponseTo"),
    statusCodes: status === undefined ? [] : readStatusCodes(status),
  };
}
