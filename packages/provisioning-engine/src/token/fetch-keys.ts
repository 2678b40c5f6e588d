/**
 * Fetching a key set from where the host allows it: one request, without redirects, bounded in time and size.
 *
 * @module
 */
import { boundedBytes } from "@muster/scim-core/http";
import type { PublicKeySet } from "../ports/index.ts";
import { usableKeys } from "./public-keys.ts";

const TIMEOUT_MS = 5000;
const MAX_BYTES = 256 * 1024;

/** The host's way to the network, such as `fetch` or one through a proxy. Must end when the signal says so. */
export type FetchKeys = (url: string, init: RequestInit) => Promise<Response>;

/** @throws {Error} for the log, when no usable key was found there */
export async function fetchKeys(fetch: FetchKeys, url: string): Promise<PublicKeySet> {
  const response = await fetch(url, {
    headers: { accept: "application/jwk-set+json, application/json" },
    // An allowed host must not send us on to one that is not.
    redirect: "error",
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (response.status !== 200) throw new Error(`The answer is ${response.status}.`);
  const bytes = await boundedBytes(response.body, MAX_BYTES);
  if (bytes === undefined) throw new Error(`The answer is larger than ${MAX_BYTES} bytes.`);
  const keys = usableKeys(JSON.parse(bytes.toString("utf8")));
  if (keys.length === 0) throw new Error("There is no usable key in the answer.");
  return { keys };
}
