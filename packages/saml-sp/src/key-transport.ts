/**
 * RSA-OAEP (RFC 8017 §7.1.2) with any two hashes. `node:crypto` uses one for both; where they differ the padding is
 * taken off here, in a shape that does not depend on what the padding holds (Manger's attack).
 *
 * @module
 */
import { constants, createHash, type KeyObject, privateDecrypt, timingSafeEqual } from "node:crypto";
import type { OaepHashes } from "./encryption-algorithms.ts";

/** A content key as it was wrapped for one of our keys. */
export interface WrappedKey {
  readonly hashes: OaepHashes;
  /** `OAEPparams`; empty when absent. */
  readonly label: Buffer;
  readonly bytes: Buffer;
}

/**
 * @param keyBytes how long the content key must be
 * @returns undefined when it was wrapped for another key, or is not well-formed
 */
export function unwrapKey(wrapped: WrappedKey, key: KeyObject, keyBytes: number): Buffer | undefined {
  const content = wrapped.hashes.digest === wrapped.hashes.mask ? unwrap(wrapped, key) : unpad(wrapped, key, keyBytes);
  return content?.length === keyBytes ? content : undefined;
}

function unwrap({ hashes, label, bytes }: WrappedKey, key: KeyObject): Buffer | undefined {
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  return decrypted({ key, padding, oaepHash: hashes.digest, oaepLabel: label }, bytes);
}

/** RFC 8017 §7.1.2, step 3. The length of the content key is known, so there is nothing to search for. */
function unpad({ hashes, label, bytes }: WrappedKey, key: KeyObject, keyBytes: number): Buffer | undefined {
  const block = decrypted({ key, padding: constants.RSA_NO_PADDING }, bytes);
  const labelHash = createHash(hashes.digest).update(label).digest();
  const zeros = (block?.length ?? 0) - 2 * labelHash.length - 2 - keyBytes;
  if (block === undefined || zeros < 0) return undefined;
  const maskedSeed = block.subarray(1, 1 + labelHash.length);
  const maskedData = block.subarray(1 + labelHash.length);
  const seed = xor(maskedSeed, mask(maskedData, maskedSeed.length, hashes.mask));
  const data = xor(maskedData, mask(seed, maskedData.length, hashes.mask));
  const padding = Buffer.concat([block.subarray(0, 1), data.subarray(0, -keyBytes)]);
  const expected = Buffer.concat([Buffer.alloc(1), labelHash, Buffer.alloc(zeros), Buffer.of(1)]);
  return timingSafeEqual(padding, expected) ? data.subarray(-keyBytes) : undefined;
}

function decrypted(options: Parameters<typeof privateDecrypt>[0], bytes: Buffer): Buffer | undefined {
  try {
    return privateDecrypt(options, bytes);
  } catch {
    return undefined;
  }
}

/** MGF1 (RFC 8017 §B.2.1). */
function mask(seed: Buffer, length: number, hash: string): Buffer {
  const blocks: Buffer[] = [];
  for (let counter = 0, total = 0; total < length; counter += 1) {
    const octets = Buffer.alloc(4);
    octets.writeUInt32BE(counter);
    const block = createHash(hash).update(seed).update(octets).digest();
    blocks.push(block);
    total += block.length;
  }
  return Buffer.concat(blocks).subarray(0, length);
}

function xor(left: Buffer, right: Buffer): Buffer {
  return Buffer.from(left.map((byte, index) => byte ^ (right[index] ?? 0)));
}
