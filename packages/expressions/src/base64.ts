/**
 * Base64 without anything that only Node has: expressions are tried out in browsers as well.
 *
 * @module
 */
import { wrongType } from "./conversion.ts";

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

export function encodeBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

/** @throws ExpressionError `type` */
export function decodeBase64(text: string): Uint8Array {
  if (!BASE64.test(text)) throw wrongType("Base64 is needed here.");
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
