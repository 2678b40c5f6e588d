/**
 * Unique values as the keys that a store compares.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { UniqueValue } from "@muster/scim-core";

/** Of one length whatever the value's, since databases limit what they index. */
export function uniqueKey({ path, value }: UniqueValue): string {
  return createHash("sha256")
    .update(JSON.stringify([path, value]))
    .digest("base64url");
}
