/**
 * What no validator can do without: one digest over the signed content and one check of the signature over SignedInfo,
 * with a key that is parsed already.
 *
 * @module
 */
import { createHash, createPrivateKey, createPublicKey, sign, verify } from "node:crypto";
import { TEST_KEY_PAIRS } from "@muster/saml-sp/testing";

const SIGNED_INFO_BYTES = 800;

/** @param samlResponse whose bytes are digested */
export function cryptoFloor(samlResponse: string): () => void {
  const { certificate, privateKey } = TEST_KEY_PAIRS.identityProvider;
  const content = Buffer.from(samlResponse, "base64");
  const signedInfo = content.subarray(0, SIGNED_INFO_BYTES);
  const signature = sign("sha256", signedInfo, createPrivateKey(privateKey));
  const key = createPublicKey(certificate);
  return () => {
    createHash("sha256").update(content).digest();
    if (!verify("sha256", signedInfo, key, signature)) throw new Error("The floor's signature does not hold.");
  };
}
