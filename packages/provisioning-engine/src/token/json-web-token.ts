/**
 * JSON Web Tokens: signed, read and verified. The one place that imports jose.
 *
 * @module
 */
import type { KeyObject } from "node:crypto";
import { createLocalJWKSet, decodeJwt, errors, jwtVerify, SignJWT } from "jose";
import type { JwtAlgorithm, PublicKeySet } from "../ports/index.ts";

/** Clocks of two machines differ by less. */
const CLOCK_SKEW_SECONDS = 60;

/** Finds the key of a token by its header, among keys that are all trusted (RFC 7515 §4.1.4). */
export type KeySet = ReturnType<typeof createLocalJWKSet>;

export function keySetOf({ keys }: PublicKeySet): KeySet {
  return createLocalJWKSet({ keys: [...keys] });
}

/** Who a token says that it is from, and for: not to be believed, but enough to look for the key. */
export interface Origin {
  readonly issuer: string | undefined;
  readonly subject: string | undefined;
}

/** A signed token has three parts (RFC 7515 §7.1). */
const PARTS = 3;

/** @returns undefined for what is no JWT */
export function readOrigin(token: string): Origin | undefined {
  // Most tokens are opaque, and an error that is made and caught costs more than finding the token does.
  if (token.split(".", PARTS + 1).length !== PARTS) return undefined;
  try {
    const { iss, sub }: { readonly iss?: unknown; readonly sub?: unknown } = decodeJwt(token);
    return {
      issuer: typeof iss === "string" ? iss : undefined,
      subject: typeof sub === "string" ? sub : undefined,
    };
  } catch {
    return undefined;
  }
}

/** What a token must be. Nothing is taken from the token itself but the choice among `keys`. */
export interface Expectations {
  readonly keys: KeyObject | KeySet;
  readonly algorithms: readonly JwtAlgorithm[];
  /** Kinds of token by their `typ` (RFC 8725 §3.11), lower case; `jwt` stands for a token without one. */
  readonly types: readonly string[];
  readonly issuer: string;
  readonly audience: string;
  readonly subject: string | null;
  /** Seconds since `iat`; without it `iat` is not asked for. */
  readonly maxAge?: number;
  readonly now: Date;
}

/** `reason` is for the log: a code of jose, with the claim that is wrong. */
export type Verdict = { readonly valid: true } | { readonly valid: false; readonly reason: string };

/** No key fits: the issuer may have a new one. */
export const UNKNOWN_KEY = "ERR_JWKS_NO_MATCHING_KEY";

/** Signature, times, issuer, audience, subject, kind (RFC 7519 §7.2, RFC 9068 §4). Throws for no fault of the token. */
export async function verifyToken(token: string, expected: Expectations): Promise<Verdict> {
  const { keys, algorithms, types, issuer, audience, subject, maxAge, now } = expected;
  try {
    const { protectedHeader } = await jwtVerify(token, typeof keys === "function" ? keys : () => keys, {
      algorithms: [...algorithms],
      issuer,
      audience,
      ...(subject === null ? {} : { subject }),
      ...(maxAge === undefined ? {} : { maxTokenAge: maxAge }),
      requiredClaims: ["exp"],
      clockTolerance: CLOCK_SKEW_SECONDS,
      currentDate: now,
    });
    return types.includes(typeOf(protectedHeader.typ)) ? { valid: true } : { valid: false, reason: "wrong typ" };
  } catch (error) {
    if (!(error instanceof errors.JOSEError)) throw error;
    return { valid: false, reason: "claim" in error ? `${error.code} ${error.claim}` : error.code };
  }
}

/** Media type names have no case, and may go without their tree (RFC 7515 §4.1.9). */
function typeOf(typ = "jwt"): string {
  return typ.toLowerCase().replace(/^application\//, "");
}

export interface NewAccessToken {
  readonly key: KeyObject;
  readonly issuer: string;
  readonly audience: string;
  /** The client, which acts for nobody but itself (RFC 9068 §2.2). */
  readonly clientId: string;
  readonly id: string;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

/** @param token whose key is an Ed25519 private one */
export function signAccessToken(token: NewAccessToken): Promise<string> {
  const { key, issuer, audience, clientId, id, issuedAt, expiresAt } = token;
  return new SignJWT({ client_id: clientId })
    .setProtectedHeader({ alg: "EdDSA", typ: "at+jwt" })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(clientId)
    .setJti(id)
    .setIssuedAt(issuedAt)
    .setExpirationTime(expiresAt)
    .sign(key);
}

/** With what a security event token is signed. */
export interface EventSigner {
  readonly key: KeyObject;
  readonly algorithm: string;
  /** Tells a receiver which of the issuer's keys it is. */
  readonly keyId: string | undefined;
}

/** The explicit type keeps a token of another kind from passing for a security event (RFC 8417 §2.3). */
export function signSecurityEvent(claims: object, { key, algorithm, keyId }: EventSigner): Promise<string> {
  const header = { alg: algorithm, typ: "secevent+jwt", ...(keyId === undefined ? {} : { kid: keyId }) };
  return new SignJWT({ ...claims }).setProtectedHeader(header).sign(key);
}
