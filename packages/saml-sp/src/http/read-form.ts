/**
 * The forms of the HTTP-POST binding: bounded, then decoded, then parsed, once (rule R0).
 *
 * @module
 */
import { boundedBytes } from "../bounded-bytes.ts";
import { SamlError } from "../errors.ts";
import type { PostMessage } from "../logout-message.ts";

/** What the HTTP-POST binding delivers (SAML Bindings §3.5.4). */
export interface CallbackForm {
  readonly samlResponse: string;
  readonly relayState: string | undefined;
}

/** Far more than any provider sends; bounds the work of the parser within the bytes. */
const MAX_FIELDS = 32;

/** Some providers send more than the 80 that SAML Bindings §3.5.3 allows; it goes back in an address. */
const MAX_RELAY_STATE_CHARACTERS = 2048;

/**
 * @param maxBytes of the body as it came
 * @throws {SamlError} `body_too_large`
 */
export async function readBody(request: Request, maxBytes: number): Promise<Uint8Array> {
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const bytes = await boundedBytes(request.body, maxBytes);
  if (bytes === undefined) throw tooLarge(maxBytes);
  return bytes;
}

/**
 * @throws {SamlError} `content_type_unsupported`, `form_invalid`
 */
export function readCallbackForm(request: Request, body: Uint8Array): CallbackForm {
  const form = readForm(request, body);
  const samlResponse = single(form, "SAMLResponse");
  if (samlResponse === undefined) throw invalid("The form lacks the field SAMLResponse.");
  return { samlResponse, relayState: single(form, "RelayState") };
}

/**
 * A question or an answer, as logout has them.
 *
 * @throws {SamlError} as `readCallbackForm`
 */
export function readMessageForm(request: Request, body: Uint8Array): PostMessage {
  const form = readForm(request, body);
  const [samlRequest, samlResponse] = [single(form, "SAMLRequest"), single(form, "SAMLResponse")];
  const field = samlRequest ?? samlResponse;
  if (field === undefined || (samlRequest !== undefined && samlResponse !== undefined)) {
    throw invalid("The form must have one of the fields SAMLRequest and SAMLResponse.");
  }
  const name = samlRequest === undefined ? "SAMLResponse" : "SAMLRequest";
  const relayState = single(form, "RelayState");
  if ((relayState?.length ?? 0) > MAX_RELAY_STATE_CHARACTERS) throw invalid("The field RelayState is too long.");
  return { binding: "post", name, relayState, field };
}

function readForm(request: Request, body: Uint8Array): URLSearchParams {
  const mediaType = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (mediaType !== "application/x-www-form-urlencoded") {
    throw new SamlError("content_type_unsupported", "This address takes a form, application/x-www-form-urlencoded.");
  }
  const text = decode(body);
  if (text.split("&", MAX_FIELDS + 1).length > MAX_FIELDS) throw invalid("The form has too many fields.");
  return new URLSearchParams(text);
}

/** A field that is there twice would be one thing to this reader and another to the next. */
function single(form: URLSearchParams, name: string): string | undefined {
  const values = form.getAll(name);
  if (values.length > 1) throw invalid(`The form has the field ${name} more than once.`);
  return values[0];
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw invalid("The form is not UTF-8.", cause);
  }
}

function invalid(message: string, cause?: unknown): SamlError {
  return new SamlError("form_invalid", message, { cause });
}

function tooLarge(maxBytes: number): SamlError {
  return new SamlError("body_too_large", `The form is larger than ${maxBytes} bytes.`);
}
