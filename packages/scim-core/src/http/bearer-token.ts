/**
 * The credential of a request (RFC 6750 §2.1). Other places for a token, a query parameter above all, are never read:
 * they end up in logs.
 *
 * @module
 */
import { ScimError } from "../errors.ts";

/** The scheme without case (RFC 9110 §11.1), then the characters of RFC 6750's `b64token`. */
const BEARER = /^bearer +([\w.~+/-]+=*)$/i;

/** @throws {ScimError} `unauthorized` */
export function bearerToken(request: Request): string {
  const token = BEARER.exec(request.headers.get("authorization") ?? "")?.[1];
  if (token !== undefined) return token;
  throw new ScimError("unauthorized", "Send the connection's token in the header: Authorization: Bearer <token>.");
}
