/**
 * What responses and assertions have in common, read from direct children only.
 *
 * @module
 */
import { SamlError } from "./errors.ts";
import { readInstant } from "./instant.ts";
import { ASSERTION_NAMESPACE } from "./namespaces.ts";
import {
  attributeOf,
  childElements,
  childrenNamed,
  type Element,
  hasElementContentOnly,
  isNamed,
  textOf,
} from "./xml.ts";

/** SAML Core §2.2.5. */
export interface Issuer {
  readonly value: string;
  readonly format: string | undefined;
}

/** Which message is malformed, as a code. */
export type MalformedCode = keyof typeof MESSAGES;

const MESSAGES = {
  response_malformed: "The response",
  assertion_malformed: "The assertion",
  logout_malformed: "The logout message",
} as const;

export function malformed(code: MalformedCode): SamlError {
  return new SamlError(code, `${MESSAGES[code]} does not have the shape that SAML prescribes.`);
}

/** @throws {SamlError} if there is more than one */
export function optionalChild(
  parent: Element,
  namespace: string,
  localName: string,
  code: MalformedCode,
): Element | undefined {
  const [child, ...more] = childrenNamed(parent, namespace, localName);
  if (more.length > 0) throw malformed(code);
  return child;
}

/** Refuses text between the children, and children that the schema does not know. */
export function checkChildren(
  parent: Element,
  known: readonly (readonly [string, string])[],
  code: MalformedCode,
): void {
  const isKnown = (child: Element) => known.some(([namespace, localName]) => isNamed(child, namespace, localName));
  if (!hasElementContentOnly(parent) || !childElements(parent).every(isKnown)) throw malformed(code);
}

/** The text verbatim: an element in it would be text to one reader and nothing to another. */
export function leafText(element: Element, code: MalformedCode): string {
  const text = textOf(element);
  if (text === undefined) throw malformed(code);
  return text;
}

export function readIssuer(parent: Element, code: MalformedCode): Issuer | undefined {
  const issuer = optionalChild(parent, ASSERTION_NAMESPACE, "Issuer", code);
  return issuer && { value: leafText(issuer, code), format: attributeOf(issuer, "Format") };
}

export function requiredAttribute(element: Element, name: string, code: MalformedCode): string {
  const value = attributeOf(element, name);
  if (value === undefined) throw malformed(code);
  return value;
}

export function instantAttribute(element: Element, name: string): Date | undefined {
  const text = attributeOf(element, name);
  return text === undefined ? undefined : readInstant(text);
}
