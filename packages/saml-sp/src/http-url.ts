/**
 * Addresses that a browser is sent to: http and https only, so that none is a script.
 *
 * @module
 */
import { SamlError, type SamlErrorCode } from "./errors.ts";

/** True for an absolute http or https URL. */
export function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && ["http:", "https:"].includes(new URL(text).protocol);
}

/** @throws {SamlError} with the code */
export function readHttpUrl(text: string, code: Extract<SamlErrorCode, `${string}_url_invalid`>): URL {
  if (isHttpUrl(text)) return new URL(text);
  throw new SamlError(code, "The address of the identity provider must be an absolute https or http URL.");
}
