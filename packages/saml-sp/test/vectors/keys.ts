import { createPrivateKey, type KeyObject } from "node:crypto";
import { readFileSync } from "node:fs";

/** A private key and its self-signed certificate. */
export interface KeyPair {
  readonly privateKey: KeyObject;
  readonly privatePem: string;
  /** PEM. */
  readonly certificate: string;
}

export function fixture(name: string): string {
  return readFileSync(new URL(`../fixtures/keys/${name}.pem`, import.meta.url), "utf8");
}

function keyPair(name: string): KeyPair {
  const privatePem = fixture(`${name}.key`);
  return { privateKey: createPrivateKey(privatePem), privatePem, certificate: fixture(`${name}.cert`) };
}

export const KEYS: Readonly<Record<"idpA" | "idpB" | "sp1" | "sp2" | "attacker" | "weak" | "ec", KeyPair>> = {
  idpA: keyPair("idp-a"),
  idpB: keyPair("idp-b"),
  sp1: keyPair("sp-1"),
  sp2: keyPair("sp-2"),
  attacker: keyPair("attacker"),
  /** RSA, 1024 bits. */
  weak: keyPair("weak"),
  /** P-256. */
  ec: keyPair("ec"),
};
