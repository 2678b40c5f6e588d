/**
 * Attributes of an assertion (rule R17; SAML Core §2.7.3): a map, so that no name means anything but itself.
 *
 * @module
 */
import { SamlError } from "./errors.ts";
import { ASSERTION_NAMESPACE, SCHEMA_INSTANCE_NAMESPACE } from "./namespaces.ts";
import { checkChildren, requiredAttribute } from "./saml-element.ts";
import { childrenNamed, type Element, textOf } from "./xml.ts";

const CODE = "assertion_malformed";

/**
 * One name in several elements is one attribute: Keycloak sends each role in an element of its own.
 *
 * @throws {SamlError} `assertion_malformed`, `encryption_not_supported`
 */
export function readAttributes(statements: readonly Element[]): ReadonlyMap<string, readonly (string | null)[]> {
  const attributes = new Map<string, readonly (string | null)[]>();
  for (const attribute of statements.flatMap(attributesOf)) {
    const name = requiredAttribute(attribute, "Name", CODE);
    attributes.set(name, [...(attributes.get(name) ?? []), ...readValues(attribute)]);
  }
  return attributes;
}

function attributesOf(statement: Element): readonly Element[] {
  if (childrenNamed(statement, ASSERTION_NAMESPACE, "EncryptedAttribute").length > 0) {
    throw new SamlError("encryption_not_supported", "An attribute is encrypted, which is not supported.");
  }
  checkChildren(statement, [[ASSERTION_NAMESPACE, "Attribute"]], CODE);
  return childrenNamed(statement, ASSERTION_NAMESPACE, "Attribute");
}

function readValues(attribute: Element): readonly (string | null)[] {
  checkChildren(attribute, [[ASSERTION_NAMESPACE, "AttributeValue"]], CODE);
  return childrenNamed(attribute, ASSERTION_NAMESPACE, "AttributeValue").flatMap(readValue);
}

/** Shibboleth's eduPersonTargetedID is an element within its value: no text, and no reason to refuse the person. */
function readValue(value: Element): readonly (string | null)[] {
  const nil = value.getAttributeNS(SCHEMA_INSTANCE_NAMESPACE, "nil");
  if (nil === "true" || nil === "1") return [null];
  const text = textOf(value);
  return text === undefined ? [] : [text];
}
