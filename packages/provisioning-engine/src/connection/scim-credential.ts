/**
 * A connection's bearer tokens: how they are made, stored and recognised. A token is `mst_`, 48 random bits by which it
 * is found, `_`, and 256 random bits that only its holder knows; what is stored is the SHA-256 of the whole.
 *
 * @module
 */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { ScimCredentialRecord } from "../ports/index.ts";

const PREFIX = "mst_";
const ID_BYTES = 6;
const SECRET_BYTES = 32;
const ID_LENGTH = PREFIX.length + 2 * ID_BYTES;

/** A new token, to be shown once, and the two parts of it that are kept. */
export interface MintedToken {
  readonly token: string;
  readonly id: string;
  readonly hash: string;
}

export function mintToken(): MintedToken {
  const id = PREFIX + randomBytes(ID_BYTES).toString("hex");
  const token = `${id}_${randomBytes(SECRET_BYTES).toString("base64url")}`;
  return { token, id, hash: digest(token).toString("hex") };
}

const TOKEN_ID = /^mst_[0-9a-f]{12}$/;

/** Whether a text could be a token's id: what could not is nothing to ask a store for. */
export function isTokenId(text: string): boolean {
  return TOKEN_ID.test(text);
}

/** The part of a token by which it is found; undefined for what cannot be one. */
export function tokenId(token: string): string | undefined {
  const id = token.slice(0, ID_LENGTH);
  return isTokenId(id) ? id : undefined;
}

/** Hashes and compares once in any case, so that an unknown id takes as long as a wrong secret. */
export function isToken(presented: string, credential: ScimCredentialRecord | null): boolean {
  const expected = credential === null ? NO_HASH : Buffer.from(credential.hash, "hex");
  return timingSafeEqual(digest(presented), expected) && credential !== null;
}

const NO_HASH: Buffer = Buffer.alloc(32);

function digest(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
