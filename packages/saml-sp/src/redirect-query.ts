/**
 * The query of the HTTP-Redirect binding (rule R18; SAML Bindings §3.4.4.1), read as it came: the signature is over its
 * octets, and what is decoded differently by two readers would be signed for one and read by the other.
 *
 * @module
 */
import { inflateRawSync } from "node:zlib";
import { decodeBase64 } from "./base64.ts";
import { SamlError } from "./errors.ts";
import type { MessageName } from "./outgoing-message.ts";
import { decodeUtf8, MAX_MESSAGE_CHARACTERS } from "./response-encoding.ts";
import type { DetachedSignature } from "./signature.ts";

/** A message in a query, still to be believed. */
export interface RedirectMessage {
  readonly binding: "redirect";
  readonly name: MessageName;
  readonly relayState: string | undefined;
  /** Undefined when there is none. */
  readonly signature: DetachedSignature | undefined;
  /**
   * The document. Costs what a stranger makes it cost, so it comes after the signature.
   *
   * @throws {SamlError} of stage `encoding`
   */
  open(): string;
}

const DEFLATE = "urn:oasis:names:tc:SAML:2.0:bindings:URL-Encoding:DEFLATE";
const NAMES: ReadonlySet<string> = new Set([
  "SAMLRequest",
  "SAMLResponse",
  "SAMLEncoding",
  "RelayState",
  "SigAlg",
  "Signature",
]);

/** Far more than any provider sends; bounds the work within the characters. */
const MAX_PARAMETERS = 32;

/**
 * A message as the redirect binding carries it, with what its signature covers; nothing is verified yet.
 *
 * @param query what follows the question mark, undecoded
 * @throws {SamlError} `query_invalid`, `response_too_large`
 * @example
 * const message = readRedirectQuery(new URL(request.url).search.slice(1));
 * if (message.name === "SAMLRequest") await validateLogoutRequest(message, options);
 */
export function readRedirectQuery(query: string): RedirectMessage {
  const raw = readParameters(query);
  const name = messageName(raw);
  const encoding = decoded(raw, "SAMLEncoding");
  if (encoding !== undefined && encoding !== DEFLATE)
    throw invalid("The message has an encoding that is not accepted.");
  const message = decoded(raw, name) ?? "";
  const signature = signatureOf(raw, name);
  return {
    binding: "redirect",
    name,
    relayState: decoded(raw, "RelayState"),
    signature,
    open: () => inflate(message),
  };
}

/** The parameters of the binding by name, undecoded. Others, such as those of the address itself, are left aside. */
function readParameters(query: string): ReadonlyMap<string, string> {
  if (query.length > MAX_MESSAGE_CHARACTERS) {
    throw new SamlError("response_too_large", `The query is longer than ${MAX_MESSAGE_CHARACTERS} characters.`);
  }
  const parts = query.split("&", MAX_PARAMETERS + 1);
  if (parts.length > MAX_PARAMETERS) throw invalid("The query has too many parameters.");
  const raw = new Map<string, string>();
  for (const part of parts) {
    const [written = "", value = ""] = cut(part);
    const name = percentDecoded(written);
    if (!NAMES.has(name)) continue;
    if (name !== written) throw invalid(`The query spells the parameter ${name} in another way.`);
    if (raw.has(name)) throw invalid(`The query has the parameter ${name} more than once.`);
    raw.set(name, value);
  }
  return raw;
}

function messageName(raw: ReadonlyMap<string, string>): MessageName {
  if (raw.has("SAMLRequest") === raw.has("SAMLResponse")) {
    throw invalid("The query must have one of SAMLRequest and SAMLResponse.");
  }
  return raw.has("SAMLRequest") ? "SAMLRequest" : "SAMLResponse";
}

/** The octets as they came, in the order of the binding and not in that of the query. */
function signatureOf(raw: ReadonlyMap<string, string>, name: MessageName): DetachedSignature | undefined {
  const [algorithm, signature] = [decoded(raw, "SigAlg"), decoded(raw, "Signature")];
  if (signature === undefined) return undefined;
  const value = decodeBase64(signature);
  if (value === undefined) throw invalid("The signature is not base64.");
  const octets = [name, "RelayState", "SigAlg"]
    .filter((parameter) => raw.has(parameter))
    .map((parameter) => `${parameter}=${raw.get(parameter)}`)
    .join("&");
  return { octets, algorithm, value };
}

function cut(part: string): readonly [string, string] {
  const at = part.indexOf("=");
  return at < 0 ? [part, ""] : [part.slice(0, at), part.slice(at + 1)];
}

function decoded(raw: ReadonlyMap<string, string>, name: string): string | undefined {
  const value = raw.get(name);
  return value === undefined ? undefined : percentDecoded(value);
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    throw invalid("The query is not percent-encoded UTF-8.");
  }
}

/** SAML Bindings §3.4.4.1. What follows the compressed data would be seen by some readers only. */
function inflate(message: string): string {
  const deflated = decodeBase64(message);
  if (deflated === undefined) throw new SamlError("base64_invalid", "The message is not base64.");
  const { bytes, consumed } = inflateBytes(deflated);
  if (consumed !== deflated.length) throw notDeflated();
  return decodeUtf8(bytes);
}

/** With `info` there is the engine too, which the types do not know. */
interface Inflated {
  readonly buffer: Buffer;
  readonly engine: { readonly bytesWritten: number };
}

function inflateBytes(deflated: Buffer): { readonly bytes: Buffer; readonly consumed: number } {
  try {
    const options = { maxOutputLength: MAX_MESSAGE_CHARACTERS, info: true };
    const { buffer, engine } = inflateRawSync(deflated, options) as unknown as Inflated;
    return { bytes: buffer, consumed: engine.bytesWritten };
  } catch {
    throw notDeflated();
  }
}

function notDeflated(): SamlError {
  return new SamlError("deflate_invalid", "The message is not compressed as it must be, or too large.");
}

function invalid(message: string): SamlError {
  return new SamlError("query_invalid", message);
}
