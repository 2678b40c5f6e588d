/**
 * Addresses that a browser is sent to: http and https only, so that none is a script.
 *
 * @module
 */
import { SamlError } from "./errors.ts";

/** True for an absolute http or https URL. */
export function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && ["http:", "https:"].includes(new URL(text).protocol);
}

/** @throws {SamlError} `sso_url_invalid` */
export function readHttpUrl(text: string): URL {
  if (isHttpUrl(text)) return new URL(text);
  throw new SamlError("sso_url_invalid", "The sign-on address must be an absolute https or http URL.");
}
