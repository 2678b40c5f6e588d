/**
 * Answering before the work is done (RFC 9967 §2.5.1.1), where the client prefers that.
 *
 * @module
 */
import { locationOf } from "../representation.ts";
import { parseAddress } from "../resource-address.ts";
import type { AsyncCompletion, AsyncRequests } from "./async-requests.ts";
import type { Exchange } from "./exchange.ts";
import { parsePrefer } from "./prefer.ts";
import type { HeldRequest } from "./request-body.ts";

/** Of a client that names a longer time, this is waited for. */
const LONGEST_WAIT_SECONDS = 30;

/** Where a client reads what became of a request, below the base URL. */
export const ASYNC_RESPONSES = "AsyncResponses";

/** A write that need not be answered at once. */
export interface PutOff {
  readonly asyncRequests: AsyncRequests;
  readonly method: string;
  /** Path below the base URL of what it is about. */
  readonly uri: string;
  /** Seconds to wait for the real answer first. */
  readonly wait: number;
}

/**
 * Whether a request may be put off: a write of one resource, of a client that prefers it. Searches answer with what was
 * found, and a client has no use for that later.
 *
 * @param path below the base URL
 */
export function putOffOf(
  { method, headers }: Request,
  path: string,
  { domain, resourceTypes }: Pick<Exchange, "domain" | "resourceTypes">,
): PutOff | undefined {
  const { asyncRequests } = domain;
  const address = parseAddress(path, resourceTypes);
  if (asyncRequests === undefined || address === undefined) return undefined;
  const { respondAsync, wait = 0 } = parsePrefer(headers.get("prefer"));
  const { type, id } = address;
  const isWrite = id === undefined ? method === "POST" : WRITES.has(method);
  if (!respondAsync || !isWrite) return undefined;
  const uri = id === undefined ? type.endpoint : locationOf({ id }, type, "");
  return { asyncRequests, method, uri, wait: Math.min(wait, LONGEST_WAIT_SECONDS) };
}

const WRITES: ReadonlySet<string> = new Set(["PUT", "PATCH", "DELETE"]);

/** What the answer, and the end of the request, have to say. */
type Later = Pick<Exchange, "domain" | "report"> & { readonly context: { readonly txn: string } };

/**
 * The answer itself when it is there within the time that the client waits; 202 otherwise, and the completion later. A
 * client that too many others are before waits as if it had asked for nothing: a server may ignore what is preferred.
 *
 * @param perform does it and answers it, also by an error
 */
export async function respondAsync(
  putOff: PutOff,
  { request, bytes }: HeldRequest,
  { domain, report, context: { txn } }: Later,
  perform: (request: Request) => Promise<Response>,
): Promise<Response> {
  const { asyncRequests, wait } = putOff;
  const { baseUrl } = domain;
  const state: { response?: Response; accepted: boolean } = { accepted: false };
  const done = asyncRequests.enqueue(bytes, async () => {
    const response = await perform(request);
    state.response = response;
    if (!state.accepted) return;
    await completionOf(response, putOff, txn, baseUrl).then(asyncRequests.complete).catch(report);
  });
  if (done === undefined) return perform(request);
  if (wait > 0) await settledWithin(done, wait);
  if (state.response !== undefined) return state.response;
  state.accepted = true;
  return accepted(`${baseUrl}/${ASYNC_RESPONSES}/${encodeURIComponent(txn)}`, txn);
}

/** RFC 9967 §2.5.1.1, §3: no body; what the client looks for later, and where. */
function accepted(location: string, txn: string): Response {
  const headers = { location, "set-txn": txn, "preference-applied": "respond-async" };
  return new Response(null, { status: 202, headers });
}

async function settledWithin(done: Promise<void>, seconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, seconds * 1000);
  });
  await Promise.race([done, late]);
  clearTimeout(timer);
}

/** RFC 7644 §3.7.3: a POST that failed has no location, and only a failure has a response. */
async function completionOf(
  response: Response,
  { method, uri }: PutOff,
  txn: string,
  baseUrl: string,
): Promise<AsyncCompletion> {
  const created = response.headers.get("location");
  const location = created ?? (method === "POST" ? undefined : baseUrl + uri);
  const version = response.headers.get("etag");
  return {
    txn,
    uri: created === null ? uri : created.slice(baseUrl.length),
    operation: {
      method,
      status: String(response.status),
      ...(location === undefined ? {} : { location }),
      ...(version === null ? {} : { version }),
      ...(response.status < 400 ? {} : { response: (await response.json()) as object }),
    },
  };
}
