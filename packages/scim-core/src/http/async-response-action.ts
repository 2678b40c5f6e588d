/**
 * What became of a request that was answered 202 (RFC 9967 §2.5.1.1).
 *
 * @module
 */
import { ScimError } from "../errors.ts";
import type { Exchange } from "./exchange.ts";

/** RFC 8417 §7.2. */
const SECURITY_EVENT_TOKEN = "application/secevent+jwt";

/** @param txn what `Set-Txn` said */
export async function readAsyncResponse({ domain }: Exchange, txn: string): Promise<Response> {
  const token = await domain.asyncRequests?.find(txn);
  if (token !== undefined) return new Response(token, { headers: { "content-type": SECURITY_EVENT_TOKEN } });
  throw new ScimError("notFound", "Nothing is known of this request yet, or no more. Ask again in a few seconds.");
}
