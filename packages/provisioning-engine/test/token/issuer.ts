/** An authorization server that signs whatever a test asks for. */
import { createHmac, type KeyObject } from "node:crypto";
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from "jose";
import type { PublicKey } from "../../src/ports/index.ts";

export const ISSUER = "https://login.acme.test/";
export const AUDIENCE = "https://app.example.com/scim";
export const JWKS_URI = "https://login.acme.test/keys";
export const NOW: Date = new Date("2026-03-01T12:00:00.000Z");

export interface TestKey {
  readonly alg: string;
  readonly kid: string;
  readonly jwk: PublicKey;
  readonly privateKey: CryptoKey | KeyObject;
}

export async function makeKey(alg: string, kid: string): Promise<TestKey> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid } as PublicKey;
  return { alg, kid, jwk, privateKey };
}

export const CLAIMS: { readonly iss: string; readonly aud: string; readonly sub: string } = {
  iss: ISSUER,
  aud: AUDIENCE,
  sub: "provisioning-service",
};

/** Seconds, as claims count them. */
export function after(seconds: number): number {
  return NOW.getTime() / 1000 + seconds;
}

/** A good token for an hour, with the claims and the header changed as given; undefined leaves one out. */
export function signed(key: TestKey, claims: object = {}, header: object = {}): Promise<string> {
  const payload = { ...CLAIMS, iat: after(0), exp: after(3600), ...claims };
  return new SignJWT(payload)
    .setProtectedHeader({ alg: key.alg, kid: key.kid, typ: "JWT", ...header })
    .sign(key.privateKey);
}

export function part(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

/** A token without a signature, as RFC 7519 §6 has it. */
export function unsigned(claims: object = {}, alg = "none"): string {
  return `${part({ alg, typ: "JWT" })}.${part({ ...CLAIMS, exp: after(3600), ...claims })}.`;
}

/** A token whose signature is a MAC, with the public key for a secret. */
export function macSigned(secret: string | Buffer, kid: string, claims: object = {}): string {
  const text = `${part({ alg: "HS256", typ: "JWT", kid })}.${part({ ...CLAIMS, exp: after(3600), ...claims })}`;
  return `${text}.${createHmac("sha256", secret).update(text).digest("base64url")}`;
}

/** The JSON of a key set, as an issuer answers it. */
export function keysAnswer(...keys: readonly object[]): Response {
  return Response.json({ keys });
}
