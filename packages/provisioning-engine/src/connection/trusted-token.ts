/**
 * An access token of the authorization server that a connection trusts.
 *
 * @module
 */
import type { EngineContext } from "../context.ts";
import type { ScimJwt } from "../ports/index.ts";
import { type KeySet, keySetOf, UNKNOWN_KEY, type Verdict, verifyToken } from "../token/json-web-token.ts";

/** Access tokens, by either name; never one that says that it is something else, such as a security event. */
const TYPES = ["at+jwt", "jwt"];

/** @throws {ProvisioningError} `unavailable` while the keys cannot be had */
export async function verifyTrusted(
  { keySets, clock }: EngineContext,
  trusted: ScimJwt,
  token: string,
): Promise<Verdict> {
  const { issuer, audience, subject, algorithms } = trusted;
  const verifyWith = (keys: KeySet) =>
    verifyToken(token, { keys, issuer, audience, subject, algorithms, types: TYPES, now: clock() });
  if ("jwks" in trusted) return verifyWith(keySetOf(trusted.jwks));
  const verdict = await verifyWith(await keySets.current(trusted.jwksUri));
  if (verdict.valid || verdict.reason !== UNKNOWN_KEY) return verdict;
  return verifyWith(await keySets.renewed(trusted.jwksUri));
}
