/**
 * From the bytes of a body to a JSON value: media type, size, UTF-8, JSON, in this order, each bounded by the one before.
 *
 * @module
 */
import { ScimError } from "../errors.ts";
import { boundedBody } from "./bounded-bytes.ts";
import type { ScimLimits } from "./handler.ts";
import { parseJson } from "./json-text.ts";

/** RFC 7644 §3.1, §8.1. */
const MEDIA_TYPES: ReadonlySet<string> = new Set(["application/scim+json", "application/json"]);

/**
 * The parsed body, of which nothing is known but that it is JSON within the limits.
 *
 * @throws {ScimError} `unsupportedMediaType`, `payloadTooLarge`, `invalidSyntax`, `invalidValue`
 * @throws {TypeError} when the host has read the body already
 */
export async function readBody(
  request: Request,
  limits: Pick<ScimLimits, "bodyBytes" | "jsonDepth">,
): Promise<unknown> {
  checkMediaType(request.headers);
  const text = decode(await readBytes(request, limits.bodyBytes));
  if (text.trim() === "") throw new ScimError("invalidSyntax", "The request needs a JSON body.");
  return parseJson(text, limits.jsonDepth);
}

/** A request whose body was read, so that it outlives its connection. */
export interface HeldRequest {
  readonly request: Request;
  readonly bytes: number;
}

/**
 * Reads the bytes of a body, and nothing of what they mean.
 *
 * @throws {ScimError} `payloadTooLarge`, `invalidSyntax`
 * @throws {TypeError} when the host has read the body already
 */
export async function holdRequest(request: Request, { bodyBytes }: ScimLimits): Promise<HeldRequest> {
  const bytes = await readBytes(request, bodyBytes);
  const { method, headers, url } = request;
  const body = bytes.byteLength === 0 ? null : new Uint8Array(bytes);
  return { request: new Request(url, { method, headers, body }), bytes: bytes.byteLength };
}

/** A body without a media type is taken for what it can only be. */
function checkMediaType(headers: Headers): void {
  const contentType = headers.get("content-type");
  const encoding = headers.get("content-encoding")?.trim().toLowerCase() ?? "identity";
  if (encoding !== "identity") throw unsupported("Send the body without Content-Encoding.");
  if (contentType === null) return;
  const [mediaType = "", ...parameters] = contentType.split(";").map((part) => part.trim().toLowerCase());
  if (!MEDIA_TYPES.has(mediaType)) throw unsupported("Send the body as application/scim+json.");
  const charset = parameters.find((parameter) => parameter.startsWith("charset="));
  if (charset !== undefined && !/^charset="?utf-?8"?$/.test(charset)) throw unsupported("Send the body in UTF-8.");
}

async function readBytes(request: Request, maxBytes: number): Promise<Uint8Array> {
  if (request.bodyUsed) throw new TypeError("The body was read before. Hand the request over unread.");
  const bytes = await boundedBody(request, maxBytes).catch((cause: unknown) => {
    // A client that goes away is no fault of ours.
    throw new ScimError("invalidSyntax", "The request body broke off.", { cause });
  });
  if (bytes !== undefined) return bytes;
  throw new ScimError("payloadTooLarge", `The request body is larger than ${maxBytes} bytes. Send it in parts.`);
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new ScimError("invalidSyntax", "The request body is not UTF-8.", { cause });
  }
}

function unsupported(detail: string): ScimError {
  return new ScimError("unsupportedMediaType", detail);
}
