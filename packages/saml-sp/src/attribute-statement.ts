/**
 * Attributes of an assertion (rule R17; SAML Core §2.7.3): a map, so that no name means anything but itself.
 *
 * @module
 */
import { type Decryption, decryptWithinAssertion } from "./encryption.ts";
import { ASSERTION_NAMESPACE, SCHEMA_INSTANCE_NAMESPACE } from "./namespaces.ts";
import { checkChildren, malformed, requiredAttribute } from "./saml-element.ts";
import { childElements, type Element, isNamed, textOf } from "./xml.ts";

const CODE = "assertion_malformed";

const KNOWN = [
  [ASSERTION_NAMESPACE, "Attribute"],
  [ASSERTION_NAMESPACE, "EncryptedAttribute"],
] as const;

/** Each costs as much as several signatures. */
const MAX_ENCRYPTED = 32;

/**
 * One name in several elements is one attribute: Keycloak sends each role in an element of its own.
 *
 * @throws {SamlError} `assertion_malformed`, `decryption_failed`
 */
export function readAttributes(
  statements: readonly Element[],
  decryption: Decryption,
): ReadonlyMap<string, readonly (string | null)[]> {
  const attributes = new Map<string, readonly (string | null)[]>();
  const elements = statements.flatMap(attributesOf);
  if (elements.filter(isEncrypted).length > MAX_ENCRYPTED) throw malformed(CODE);
  for (const element of elements) {
    const attribute = isEncrypted(element) ? decryptWithinAssertion(element, "Attribute", decryption) : element;
    const name = requiredAttribute(attribute, "Name", CODE);
    attributes.set(name, [...(attributes.get(name) ?? []), ...readValues(attribute)]);
  }
  return attributes;
}

function attributesOf(statement: Element): readonly Element[] {
  checkChildren(statement, KNOWN, CODE);
  return childElements(statement);
}

function isEncrypted(element: Element): boolean {
  return isNamed(element, ASSERTION_NAMESPACE, "EncryptedAttribute");
}

function readValues(attribute: Element): readonly (string | null)[] {
  checkChildren(attribute, [[ASSERTION_NAMESPACE, "AttributeValue"]], CODE);
  return childElements(attribute).flatMap(readValue);
}

/** Shibboleth's eduPersonTargetedID is an element within its value: no text, and no reason to refuse the person. */
function readValue(value: Element): readonly (string | null)[] {
  const nil = value.getAttributeNS(SCHEMA_INSTANCE_NAMESPACE, "nil");
  if (nil === "true" || nil === "1") return [null];
  const text = textOf(value);
  return text === undefined ? [] : [text];
}
