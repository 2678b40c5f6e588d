/**
 * A connection's OAuth clients: how they are made, stored and recognised. A client's id is `msc_` and 48 random bits, its
 * secret `mcs_` and 256 random bits. The secret makes an Ed25519 key, with which the client's access tokens are signed;
 * what is stored is the public half, which recognises the secret and the tokens, and can make neither.
 *
 * @module
 */
import { createPrivateKey, createPublicKey, hkdfSync, type KeyObject, randomBytes, timingSafeEqual } from "node:crypto";
import type { ScimCredentialRecord } from "../ports/index.ts";

const PREFIX = "msc_";
const SECRET_PREFIX = "mcs_";
const ID_BYTES = 6;
const SECRET_BYTES = 32;
const SEED_BYTES = 32;
const PURPOSE = "muster access token";

/** A new client, whose secret is to be shown once; the rest is kept. */
export interface MintedClient {
  readonly secret: string;
  readonly id: string;
  readonly hash: string;
}

export function mintClient(): MintedClient {
  const id = PREFIX + randomBytes(ID_BYTES).toString("hex");
  const secret = SECRET_PREFIX + randomBytes(SECRET_BYTES).toString("base64url");
  return { id, secret, hash: publicHalf(signingKey(id, secret)).toString("hex") };
}

const CLIENT_ID = /^msc_[0-9a-f]{12}$/;

/** Whether a text could be a client's id: what could not is nothing to ask a store for. */
export function isClientId(text: string): boolean {
  return CLIENT_ID.test(text);
}

/** The key that a client's secret makes; another for each client, whatever the secret. */
export function signingKey(id: string, secret: string): KeyObject {
  const seed = Buffer.from(hkdfSync("sha256", secret, id, PURPOSE, SEED_BYTES));
  return createPrivateKey({ key: Buffer.concat([ED25519_PKCS8, seed]), format: "der", type: "pkcs8" });
}

/** What comes before the 32 bytes of an Ed25519 key in PKCS #8 (RFC 8410 §7). */
const ED25519_PKCS8: Buffer = Buffer.from("302e020100300506032b657004220420", "hex");

/** Compares once in any case, so that an unknown client takes as long as a wrong secret. */
export function isKeyOf(key: KeyObject, credential: ScimCredentialRecord | null): boolean {
  const expected = credential === null ? NO_KEY : Buffer.from(credential.hash, "hex");
  return timingSafeEqual(publicHalf(key), expected) && credential !== null;
}

const NO_KEY: Buffer = Buffer.alloc(SEED_BYTES);

/** The key that verifies a client's access tokens. */
export function verificationKey({ hash }: ScimCredentialRecord): KeyObject {
  const x = Buffer.from(hash, "hex").toString("base64url");
  return createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
}

function publicHalf(key: KeyObject): Buffer {
  const { x = "" } = createPublicKey(key).export({ format: "jwk" });
  return Buffer.from(x, "base64url");
}
