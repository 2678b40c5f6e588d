/**
 * `Idempotency-Key`: a POST that is sent again, because its answer was lost, is answered again and not done again. Owns
 * what is remembered of an answer, for a day; an answer that shows a secret is not remembered.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { EngineContext } from "../context.ts";
import { ProvisioningError } from "../errors.ts";

export const IDEMPOTENCY_KEY = "idempotency-key";

const KEY = /^[\x21-\x7e]{1,255}$/;
const REMEMBERED_MS = 24 * 60 * 60 * 1000;
/** Whoever has worked on a request for longer has died over it. */
const RUNNING_MS = 60 * 1000;
const PURPOSE = "idempotency";

/** A request that may come again. */
export interface RepeatableRequest {
  /** Whose key it is: two actors may choose the same. */
  readonly actor: string;
  readonly path: string;
  readonly key: string;
  /** The body, as it was read. */
  readonly body: unknown;
  /** The answer shows what is shown once. */
  readonly showsSecret: boolean;
}

interface Remembered {
  readonly fingerprint: string;
  /** Which attempt wrote this: one that was taken for dead changes nothing any more. */
  readonly attempt: string;
  /** Asking does not prolong it. */
  readonly until: string;
  /** Absent while the first request is being worked on. */
  readonly answer?: { readonly result: unknown };
}

/** @throws {ProvisioningError} `invalid_request` for what is no key */
export function idempotencyKeyOf({ method, headers }: Request): string | undefined {
  const key = method === "POST" ? headers.get(IDEMPOTENCY_KEY) : null;
  if (key === null) return undefined;
  if (KEY.test(key)) return key;
  throw new ProvisioningError("invalid_request", "Idempotency-Key: Expected 1 to 255 visible ASCII characters.");
}

/**
 * Does it, or gives the answer of the first time. What was refused or broke was not done, and may be tried again.
 *
 * @throws {ProvisioningError} `idempotency_in_progress`, `idempotency_key_reused`, `shown_once`, and what `act` throws
 */
export async function doOnce(
  context: EngineContext,
  request: RepeatableRequest,
  act: () => Promise<unknown>,
): Promise<unknown> {
  const until = after(context.clock(), RUNNING_MS);
  const ours = { fingerprint: digest(request.body), attempt: context.newId(), until };
  const earlier = await begin(context, request, ours);
  if (earlier !== undefined) return earlierAnswer(earlier, request, ours.fingerprint);
  let result: unknown;
  try {
    result = await act();
  } catch (error) {
    await end(context, request, ours);
    throw error;
  }
  await end(context, request, ours, { result: request.showsSecret ? null : result });
  return result;
}

/** @returns what is remembered; undefined when this is the first time */
function begin(context: EngineContext, request: RepeatableRequest, ours: Remembered): Promise<Remembered | undefined> {
  const { owner, key } = placeOf(request);
  return context.store.transaction({ tenantId: null }, async ({ oneTime }) => {
    const now = context.clock();
    await oneTime.sweep(now.toISOString());
    const put = (value: Remembered) => oneTime.put(owner, PURPOSE, key, value, value.until, now.toISOString());
    if (await put(ours)) return undefined;
    const taken = await oneTime.take(owner, PURPOSE, key, now.toISOString());
    const earlier = taken?.value as Remembered;
    await put(earlier);
    return earlier;
  });
}

function earlierAnswer(earlier: Remembered, { showsSecret }: RepeatableRequest, fingerprint: string): unknown {
  if (earlier.fingerprint !== fingerprint) {
    throw new ProvisioningError("idempotency_key_reused", "This Idempotency-Key came with another body before.", {
      hint: "Make a new key for each request, and send the same again only to repeat it.",
    });
  }
  if (earlier.answer === undefined) {
    throw new ProvisioningError(
      "idempotency_in_progress",
      "The request with this Idempotency-Key is being worked on.",
      {
        hint: "Ask again in a moment.",
      },
    );
  }
  if (!showsSecret) return earlier.answer.result;
  throw new ProvisioningError("shown_once", "This was done before, and its secret is not kept.", {
    hint: "List what there is, remove what nobody knows the secret of, and make another with a new Idempotency-Key.",
  });
}

/** @param answer what is remembered; nothing when it was not done */
async function end(
  { store, clock }: EngineContext,
  request: RepeatableRequest,
  ours: Remembered,
  answer?: Remembered["answer"],
): Promise<void> {
  const { owner, key } = placeOf(request);
  await store.transaction({ tenantId: null }, async ({ oneTime }) => {
    const now = clock();
    const put = (value: Remembered) => oneTime.put(owner, PURPOSE, key, value, value.until, now.toISOString());
    const stored = (await oneTime.take(owner, PURPOSE, key, now.toISOString()))?.value as Remembered | undefined;
    const isOurs = stored === undefined || stored.attempt === ours.attempt;
    if (!isOurs) await put(stored);
    else if (answer !== undefined) await put({ ...ours, answer, until: after(now, REMEMBERED_MS) });
  });
}

function placeOf({ actor, path, key }: RepeatableRequest): { readonly owner: string; readonly key: string } {
  return { owner: `actor:${actor}`, key: digest([path, key]) };
}

function digest(value: unknown): string {
  return createHash("sha256")
    .update(JSON.stringify(value ?? null))
    .digest("base64url");
}

function after(now: Date, milliseconds: number): string {
  return new Date(now.getTime() + milliseconds).toISOString();
}
