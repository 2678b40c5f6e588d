/**
 * An honest response as a document: what it says, signed and encrypted as asked, in the order that SAML prescribes.
 *
 * @module
 */
import { type EnvelopedSigner, signElement } from "../enveloped-signature.ts";
import type { XmlElement } from "../xml-writer.ts";
import { type Encrypter, encryptDescendants, encryptElement, type TestEncryption } from "./encrypt.ts";
import { assertionElement, responseElement } from "./response-document.ts";
import type { ResponseFields } from "./response-fields.ts";

/** Parts of an assertion are encrypted before it is signed, the assertion itself afterwards. */
export function signedResponse(
  fields: ResponseFields,
  signer: EnvelopedSigner,
  scope: "assertion" | "response" | "both",
  encrypter: Encrypter | undefined,
): XmlElement {
  const said = encrypter === undefined ? assertionElement(fields) : withEncryptedParts(fields, encrypter);
  const assertion = scope === "response" ? said : signElement(said, signer);
  const isEncrypted = encrypter !== undefined && partsOf(encrypter).includes("assertion");
  const response = responseElement(fields, isEncrypted ? encryptElement(assertion, encrypter) : assertion);
  return scope === "assertion" ? response : signElement(response, signer);
}

function withEncryptedParts(fields: ResponseFields, encrypter: Encrypter): XmlElement {
  const names = { "name-id": "saml:NameID", attributes: "saml:Attribute" } as const;
  return partsOf(encrypter)
    .filter((part) => part !== "assertion")
    .reduce((assertion, part) => encryptDescendants(assertion, names[part], encrypter), assertionElement(fields));
}

function partsOf({ parts = ["assertion"] }: Encrypter): NonNullable<TestEncryption["parts"]> {
  return parts;
}
