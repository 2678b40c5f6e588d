/**
 * The shape of an encrypted element (rule R11; SAML Core §2.3.4, XML Encryption §3): one `EncryptedData` and one
 * `EncryptedKey`, within its `KeyInfo` or beside it, and nothing that is to be fetched.
 *
 * @module
 */
import { decodeBase64 } from "./base64.ts";
import { decryptionFailed } from "./decryption-failure.ts";
import type { KeyTransportMethod } from "./encryption-algorithms.ts";
import { ENCRYPTION_11_NAMESPACE, ENCRYPTION_NAMESPACE, SIGNATURE_NAMESPACE } from "./namespaces.ts";
import { attributeOf, childElements, childrenNamed, type Element, textOf } from "./xml.ts";

/** What an encrypted element says, still to be believed. */
export interface EncryptedParts {
  readonly contentMethod: string | undefined;
  readonly content: Buffer;
  readonly keyMethod: KeyTransportMethod;
  /** `OAEPparams`; empty when absent. */
  readonly label: Buffer;
  readonly key: Buffer;
}

const ELEMENT_TYPE = "http://www.w3.org/2001/04/xmlenc#Element";
const KEY_TYPE = "http://www.w3.org/2001/04/xmlenc#EncryptedKey";

/**
 * @param wrapper an `EncryptedAssertion`, `EncryptedID` or `EncryptedAttribute`
 * @throws {SamlError} `decryption_failed`
 */
export function readEncryptedParts(wrapper: Element): EncryptedParts {
  const data = required(optionalChild(wrapper, ENCRYPTION_NAMESPACE, "EncryptedData"));
  if ((attributeOf(data, "Type") ?? ELEMENT_TYPE) !== ELEMENT_TYPE) throw decryptionFailed();
  const encryptedKey = findEncryptedKey(wrapper, data);
  const keyMethod = required(optionalChild(encryptedKey, ENCRYPTION_NAMESPACE, "EncryptionMethod"));
  const label = optionalChild(keyMethod, ENCRYPTION_NAMESPACE, "OAEPparams");
  return {
    contentMethod: algorithmOf(required(optionalChild(data, ENCRYPTION_NAMESPACE, "EncryptionMethod"))),
    content: cipherValue(data),
    keyMethod: {
      algorithm: algorithmOf(keyMethod),
      digest: algorithmOf(optionalChild(keyMethod, SIGNATURE_NAMESPACE, "DigestMethod")),
      mask: algorithmOf(optionalChild(keyMethod, ENCRYPTION_11_NAMESPACE, "MGF")),
    },
    label: label === undefined ? Buffer.alloc(0) : base64Of(label),
    key: cipherValue(encryptedKey),
  };
}

/** There is one in all. A `RetrievalMethod`, if any, must name it (SAML Errata E43); what else is there is a hint. */
function findEncryptedKey(wrapper: Element, data: Element): Element {
  const info = optionalChild(data, SIGNATURE_NAMESPACE, "KeyInfo");
  const within = info === undefined ? [] : childrenNamed(info, ENCRYPTION_NAMESPACE, "EncryptedKey");
  const beside = childrenNamed(wrapper, ENCRYPTION_NAMESPACE, "EncryptedKey");
  const [key, ...more] = [...within, ...beside];
  const hasOthers = childElements(wrapper).length !== 1 + beside.length;
  if (key === undefined || more.length > 0 || hasOthers) throw decryptionFailed();
  const reference = info && optionalChild(info, SIGNATURE_NAMESPACE, "RetrievalMethod");
  if (reference !== undefined) checkReference(reference, key);
  return key;
}

function checkReference(reference: Element, key: Element): void {
  const id = attributeOf(key, "Id");
  const namesKey = id !== undefined && attributeOf(reference, "URI") === `#${id}`;
  const isOfKey = (attributeOf(reference, "Type") ?? KEY_TYPE) === KEY_TYPE;
  if (!namesKey || !isOfKey || childElements(reference).length > 0) throw decryptionFailed();
}

/** There may be a `CipherReference` instead, which would have to be fetched. */
function cipherValue(parent: Element): Buffer {
  const data = required(optionalChild(parent, ENCRYPTION_NAMESPACE, "CipherData"));
  const value = required(optionalChild(data, ENCRYPTION_NAMESPACE, "CipherValue"));
  return base64Of(value);
}

function algorithmOf(method: Element | undefined): string | undefined {
  return method && attributeOf(method, "Algorithm");
}

function base64Of(element: Element): Buffer {
  return required(decodeBase64(required(textOf(element))));
}

function optionalChild(parent: Element, namespace: string, localName: string): Element | undefined {
  const [child, ...more] = childrenNamed(parent, namespace, localName);
  if (more.length > 0) throw decryptionFailed();
  return child;
}

function required<Value>(value: Value | undefined): Value {
  if (value === undefined) throw decryptionFailed();
  return value;
}
