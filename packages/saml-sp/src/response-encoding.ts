/**
 * The form field of the HTTP-POST binding to text (rule R0; SAML Bindings §3.5.4).
 *
 * @module
 */
import { decodeBase64 } from "./base64.ts";
import { SamlError } from "./errors.ts";

/** Of base64, and of what a compressed message becomes. */
export const MAX_MESSAGE_CHARACTERS = 262_144;

/** @throws {SamlError} of stage `encoding` */
export function decodeResponse(samlResponse: string): string {
  if (samlResponse.length > MAX_MESSAGE_CHARACTERS) {
    throw new SamlError("response_too_large", `The response is larger than ${MAX_MESSAGE_CHARACTERS} characters.`, {
      hint: "Send fewer attributes or groups from the identity provider.",
    });
  }
  const bytes = decodeBase64(samlResponse);
  if (bytes === undefined) throw new SamlError("base64_invalid", "The response is not base64.");
  return decodeUtf8(bytes);
}

/** @throws {SamlError} `utf8_invalid` */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new SamlError("utf8_invalid", "The message is not UTF-8.");
  }
}
