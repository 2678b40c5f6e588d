/**
 * Cursors on the wire (RFC 9865 §2): sealed, so that a client can neither read nor make one, and good for the walk that
 * they were given in and no other. They are kept nowhere: whatever a walk needs to go on is in its cursor.
 *
 * @module
 */
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from "node:crypto";
import { ScimError } from "../errors.ts";

/** Where a walk goes on: at a place of one resource type, in words of its backend. */
export interface CursorPosition {
  readonly type: string;
  readonly after: string;
}

/** The cursors of one walk. */
export interface Cursors {
  seal(position: CursorPosition): string;
  /** @throws {ScimError} `invalidCursor`, `expiredCursor` */
  open(cursor: string): CursorPosition;
}

export interface CursorOptions {
  /** Of the domain. */
  readonly secret: string;
  /** What the walk is about: another subject is another key. */
  readonly subject: readonly string[];
  /** How long a cursor is good for. */
  readonly seconds: number;
  readonly now: Date;
}

export function createCursors({ secret, subject, seconds, now }: CursorOptions): Cursors {
  const key = createHmac("sha256", secret).update(JSON.stringify(subject)).digest();
  return {
    seal: ({ type, after }) => seal(key, JSON.stringify([now.getTime() + seconds * 1000, type, after])),
    open: (cursor) => {
      const [expiresAt, type, after] = read(key, cursor);
      if (expiresAt > now.getTime()) return { type, after };
      throw new ScimError("expiredCursor", `The cursor has expired: ask for the next page within ${seconds} seconds.`);
    },
  };
}

const CIPHER = "aes-256-gcm";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

function seal(key: Buffer, text: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
  const sealed = [cipher.update(text, "utf8"), cipher.final()];
  // RFC 9865 §2: only unreserved characters.
  return Buffer.concat([nonce, cipher.getAuthTag(), ...sealed]).toString("base64url");
}

function read(key: Buffer, cursor: string): [number, string, string] {
  try {
    return JSON.parse(unseal(key, decode(cursor)));
  } catch (cause) {
    throw notOfThisList(cause);
  }
}

/** Made up, of another query or of another tenant: all of them are told the same. */
export function notOfThisList(cause?: unknown): ScimError {
  const detail = "The cursor is not of this list. Repeat the query of the first page, or begin with an empty cursor.";
  return new ScimError("invalidCursor", detail, { cause });
}

/** In the one way that it was written: what base64 decoders overlook is no part of a cursor. */
function decode(cursor: string): Buffer {
  const bytes = Buffer.from(cursor, "base64url");
  if (bytes.toString("base64url") !== cursor) throw new RangeError("The cursor is not base64url.");
  return bytes;
}

function unseal(key: Buffer, bytes: Buffer): string {
  const tagEnd = NONCE_BYTES + TAG_BYTES;
  const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, tagEnd));
  return Buffer.concat([decipher.update(bytes.subarray(tagEnd)), decipher.final()]).toString("utf8");
}
