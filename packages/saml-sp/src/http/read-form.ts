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

/**
 * @param maxBytes of the body as it came
 * @throws {SamlError} `content_type_unsupported`, `body_too_large`, `form_invalid`
 */
export async function readCallbackForm(request: Request, maxBytes: number): Promise<CallbackForm> {
  const form = await readForm(request, maxBytes);
  const samlResponse = single(form, "SAMLResponse");
  if (samlResponse === undefined) throw invalid("The form lacks the field SAMLResponse.");
  return { samlResponse, relayState: single(form, "RelayState") };
}

/**
 * A question or an answer, as logout has them.
 *
 * @throws {SamlError} as `readCallbackForm`
 */
export async function readMessageForm(request: Request, maxBytes: number): Promise<PostMessage> {
  const form = await readForm(request, maxBytes);
  const [samlRequest, samlResponse] = [single(form, "SAMLRequest"), single(form, "SAMLResponse")];
  const field = samlRequest ?? samlResponse;
  if (field === undefined || (samlRequest !== undefined && samlResponse !== undefined)) {
    throw invalid("The form must have one of the fields SAMLRequest and SAMLResponse.");
  }
  const name = samlRequest === undefined ? "SAMLResponse" : "SAMLRequest";
  return { binding: "post", name, relayState: single(form, "RelayState"), field };
}

async function readForm(request: Request, maxBytes: number): Promise<URLSearchParams> {
  const mediaType = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (mediaType !== "application/x-www-form-urlencoded") {
    throw new SamlError("content_type_unsupported", "This address takes a form, application/x-www-form-urlencoded.");
  }
  const text = decode(await readBytes(request, maxBytes));
  if (text.split("&", MAX_FIELDS + 1).length > MAX_FIELDS) throw invalid("The form has too many fields.");
  return new URLSearchParams(text);
}

/** A field that is there twice would be one thing to this reader and another to the next. */
function single(form: URLSearchParams, name: string): string | undefined {
  const values = form.getAll(name);
  if (values.length > 1) throw invalid(`The form has the field ${name} more than once.`);
  return values[0];
}

async function readBytes(request: Request, maxBytes: number): Promise<Buffer> {
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const bytes = await boundedBytes(request.body, maxBytes);
  if (bytes === undefined) throw tooLarge(maxBytes);
  return bytes;
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
