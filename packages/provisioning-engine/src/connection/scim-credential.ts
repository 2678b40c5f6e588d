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

export function isTokenId(id: string): boolean {
  return id.startsWith(PREFIX);
}

/** The part of a token by which it is found, whatever was presented. */
export function tokenId(token: string): string {
  return token.slice(0, ID_LENGTH);
}

/** Hashes and compares once in any case, so that an unknown id takes as long as a wrong secret. */
export function isToken(presented: string, credential: ScimCredentialRecord | null): boolean {
  const known = credential !== null && isTokenId(credential.id);
  const expected = known ? Buffer.from(credential.hash, "hex") : NO_HASH;
  return timingSafeEqual(digest(presented), expected) && known;
}

const NO_HASH: Buffer = Buffer.alloc(32);

function digest(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
