/**
 * The status of whatever answers a request (SAML Core §3.2.2.2).
 *
 * @module
 */
import { PROTOCOL_NAMESPACE } from "./namespaces.ts";
import { attributeOf, childrenNamed, type Element } from "./xml.ts";

export const STATUS = {
  success: "urn:oasis:names:tc:SAML:2.0:status:Success",
  responder: "urn:oasis:names:tc:SAML:2.0:status:Responder",
  partialLogout: "urn:oasis:names:tc:SAML:2.0:status:PartialLogout",
} as const;

/** The code of a `Status`, and those within it. */
export function readStatusCodes(parent: Element): readonly string[] {
  return childrenNamed(parent, PROTOCOL_NAMESPACE, "StatusCode").flatMap((code) => [
    attributeOf(code, "Value") ?? "",
    ...readStatusCodes(code),
  ]);
}
