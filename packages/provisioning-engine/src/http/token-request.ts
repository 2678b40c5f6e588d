/**
 * A request for an access token, read: the form bounded before it is parsed, the client's secret from where it may stand
 * (RFC 6749 §2.3.1), the grant.
 *
 * @module
 */
import { boundedBody } from "@muster/scim-core/http";
import type { ClientSecret } from "../connection/client-grant.ts";
import { invalidClient, OAuthError } from "./oauth-error.ts";

const MAX_BYTES = 8 * 1024;
const FORM = "application/x-www-form-urlencoded";
const GRANT = "client_credentials";

/** @throws {OAuthError} */
export async function readTokenRequest(request: Request): Promise<ClientSecret> {
  if (request.method !== "POST") {
    throw new OAuthError("invalid_request", "Send a POST request.", { status: 405, headers: { allow: "POST" } });
  }
  const form = await readForm(request);
  const grant = form.get("grant_type");
  if (grant === null) throw new OAuthError("invalid_request", "The parameter grant_type is missing.");
  if (grant !== GRANT) throw new OAuthError("unsupported_grant_type", `The grant_type must be ${GRANT}.`);
  return readClient(request.headers.get("authorization"), form);
}

async function readForm(request: Request): Promise<URLSearchParams> {
  const [mediaType = ""] = (request.headers.get("content-type") ?? "").split(";");
  if (mediaType.trim().toLowerCase() !== FORM) throw new OAuthError("invalid_request", `Send the body as ${FORM}.`);
  const bytes = await boundedBody(request, MAX_BYTES).catch(() => {
    throw new OAuthError("invalid_request", "The body broke off.");
  });
  if (bytes === undefined) throw new OAuthError("invalid_request", "The body is too large.", { status: 413 });
  const form = new URLSearchParams(bytes.toString("utf8"));
  const names = [...form.keys()];
  if (new Set(names).size === names.length) return form;
  throw new OAuthError("invalid_request", "A parameter is given more than once.");
}

/** By HTTP Basic, or by the form; by both at once a client must not (§2.3). */
function readClient(authorization: string | null, form: URLSearchParams): ClientSecret {
  const id = form.get("client_id");
  const secret = form.get("client_secret");
  if (authorization === null) {
    if (id === null || secret === null) throw invalidClient();
    return { clientId: id, secret };
  }
  if (secret !== null) throw new OAuthError("invalid_request", "Authenticate by one method, not by two.");
  const client = readBasic(authorization);
  if (client === undefined) throw invalidClient();
  if (id === null || id === client.clientId) return client;
  throw new OAuthError("invalid_request", "The request names two clients.");
}

const BASIC = /^basic +([a-z0-9+/]+=*)$/i;

function readBasic(authorization: string): ClientSecret | undefined {
  const encoded = BASIC.exec(authorization)?.[1];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, "base64").toString("utf8");
  const colon = text.indexOf(":");
  if (colon === -1) return undefined;
  const [clientId, secret] = [formDecoded(text.slice(0, colon)), formDecoded(text.slice(colon + 1))];
  return clientId === undefined || secret === undefined ? undefined : { clientId, secret };
}

/** Both halves are form-encoded before they are joined (§2.3.1, appendix B). */
function formDecoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return undefined;
  }
}
