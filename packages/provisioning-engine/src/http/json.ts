/**
 * JSON in and out of the management API: bodies are bounded before they are parsed, errors have one shape.
 *
 * @module
 */
import { boundedBody } from "@muster/scim-core/http";
import { ProvisioningError } from "../errors.ts";

const MAX_BYTES = 1024 * 1024;
const MAX_DEPTH = 32;

/** Nothing of this API may be kept by a cache, or be taken for something else by a browser. */
const HEADERS = { "cache-control": "no-store", "x-content-type-options": "nosniff" };

/**
 * The body of a request; undefined when there is none.
 *
 * @throws {ProvisioningError} `payload_too_large`, `invalid_request`
 */
export async function readJson(request: Request): Promise<unknown> {
  const text = decode(await readBytes(request));
  if (text.trim() === "") return undefined;
  requireJson(request.headers.get("content-type"));
  if (isTooDeep(text))
    throw new ProvisioningError("invalid_request", `The body is nested deeper than ${MAX_DEPTH} levels.`);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ProvisioningError("invalid_request", "The body is not JSON.", { cause });
  }
}

/** A form, or text, may be sent by a page of anybody in the name of whoever looks at it; JSON may not. */
function requireJson(contentType: string | null): void {
  const [mediaType = ""] = (contentType ?? "").split(";");
  if (/^application\/([\w.-]+\+)?json$/i.test(mediaType.trim())) return;
  throw new ProvisioningError("invalid_request", "The body must be JSON, and say so.", {
    hint: "Send the header Content-Type: application/json.",
  });
}

async function readBytes(request: Request): Promise<Buffer> {
  const bytes = await boundedBody(request, MAX_BYTES);
  if (bytes !== undefined) return bytes;
  throw new ProvisioningError("payload_too_large", `The body is larger than ${MAX_BYTES} bytes.`);
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new ProvisioningError("invalid_request", "The body is not UTF-8.", { cause });
  }
}

/** Counts brackets outside of strings: what follows would walk the value by recursion. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (quoted && character === "\\") index++;
    else if (character === '"') quoted = !quoted;
    else if (!quoted && (character === "{" || character === "[")) depth++;
    else if (!quoted && (character === "}" || character === "]")) depth--;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}

export function jsonResponse(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Response {
  return Response.json(body, { status, headers: { ...HEADERS, ...headers } });
}

export function emptyResponse(headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(null, { status: 204, headers: { ...HEADERS, ...headers } });
}

/** `{"error":{"code","message","hint"?,"requestId"}}` */
export function errorResponse(
  error: ProvisioningError,
  requestId: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const { code, message, hint, status } = error;
  const body = { error: { code, message, ...(hint === undefined ? {} : { hint }), requestId } };
  const retryAfter = code === "unavailable" ? { "retry-after": "5" } : {};
  return jsonResponse(status, body, { "x-request-id": requestId, ...retryAfter, ...headers });
}
