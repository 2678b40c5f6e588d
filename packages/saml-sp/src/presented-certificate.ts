/**
 * Which certificate a signature says it is by: a hint for whoever compares it with what is configured. It is never
 * trusted and never parsed; only its fingerprint leaves this file.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { decodeBase64 } from "./base64.ts";
import { SIGNATURE_NAMESPACE } from "./namespaces.ts";
import { childrenNamed, type Element, textOf } from "./xml.ts";

/** @returns SHA-256 as identity providers show it, or undefined when the signature holds no certificate */
export function presentedFingerprint(signature: Element): string | undefined {
  const [certificate] = ["KeyInfo", "X509Data", "X509Certificate"].reduce<readonly Element[]>(
    (parents, name) => parents.flatMap((parent) => childrenNamed(parent, SIGNATURE_NAMESPACE, name)),
    [signature],
  );
  const der = decodeBase64((certificate && textOf(certificate)) ?? "");
  if (der === undefined || der.length === 0) return undefined;
  return createHash("sha256").update(der).digest("hex").toUpperCase().match(/../g)?.join(":");
}
