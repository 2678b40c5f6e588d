/**
 * How the test identity provider signs: as everybody does, and as nobody should.
 *
 * @module
 */
import { createHmac, sign } from "node:crypto";
import type { EnvelopedSigner } from "../enveloped-signature.ts";
import type { TestKeyPair } from "./keys.ts";

/** The first is what everybody uses, the second what no service should accept, the third what none may accept. */
export type TestSignatureAlgorithm = "rsa-sha256" | "rsa-sha1" | "hmac-sha256";

const SHA256 = { algorithm: "http://www.w3.org/2001/04/xmlenc#sha256", hash: "sha256" } as const;
const SHA1 = { algorithm: "http://www.w3.org/2000/09/xmldsig#sha1", hash: "sha1" } as const;

const ALGORITHMS = {
  "rsa-sha256": { algorithm: "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", digest: SHA256 },
  "rsa-sha1": { algorithm: "http://www.w3.org/2000/09/xmldsig#rsa-sha1", digest: SHA1 },
  "hmac-sha256": { algorithm: "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256", digest: SHA256 },
} as const;

/** Who signs, and how. */
export interface TestSigner {
  readonly keys: TestKeyPair;
  readonly algorithm: TestSignatureAlgorithm;
}

export function envelopedSigner({ keys, algorithm }: TestSigner): EnvelopedSigner {
  const { hash } = ALGORITHMS[algorithm].digest;
  return {
    ...ALGORITHMS[algorithm],
    certificate: keys.certificate,
    sign: (octets) => {
      // The key confusion attack: the certificate is public, so anybody can compute this.
      if (algorithm === "hmac-sha256") return createHmac(hash, keys.certificate).update(octets).digest("base64");
      return sign(hash, Buffer.from(octets), keys.privateKey).toString("base64");
    },
  };
}
