/**
 * When metadata is read again, and what is remembered of it meanwhile. Pure.
 *
 * @module
 */
import type { IdentityProviderMetadata, SamlError } from "@muster/saml-sp";
import type {
  ConnectionSettings,
  IdentityProviderConfig,
  IdentityProviderDifference,
  Instant,
  MetadataWatch,
} from "../ports/index.ts";
import { publishedProvider } from "./published-provider.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** AD FS announces a new certificate twenty days before it signs; whoever takes a stolen one back cannot wait for long. */
const USUAL_MS = 6 * HOUR_MS;
const SHORTEST_MS = HOUR_MS;
const LONGEST_MS = 24 * HOUR_MS;
const FIRST_RETRY_MS = 5 * MINUTE_MS;

/** Longer than reading may take. A process that dies meanwhile leaves the connection to the next. */
const TURN_MS = 5 * MINUTE_MS;

/** Nothing is known yet of what is there. */
export const UNREAD: MetadataWatch = {
  dueAt: null,
  seen: null,
  readAt: null,
  validUntil: null,
  failure: null,
  announced: null,
};

/** Whether anybody wants to know what the metadata of a connection says later. */
export function isFollowed(idp: IdentityProviderConfig | null): idp is IdentityProviderConfig & Address {
  return idp !== null && idp.metadataUrl !== null && idp.metadataRefresh !== "off";
}

interface Address {
  readonly metadataUrl: string;
}

/** What is there was read, and is what is configured. */
export function acceptedWatch(metadata: IdentityProviderMetadata, now: Date): MetadataWatch {
  return { ...readWatch(metadata, now), seen: publishedProvider(metadata), announced: null };
}

/** What is there was read, and is not what is configured. */
export function announcingWatch(
  watch: MetadataWatch,
  metadata: IdentityProviderMetadata,
  announced: IdentityProviderDifference,
  now: Date,
): MetadataWatch {
  return { ...readWatch(metadata, now), seen: watch.seen, announced };
}

function readWatch(metadata: IdentityProviderMetadata, now: Date): Omit<MetadataWatch, "seen" | "announced"> {
  return {
    dueAt: after(now, pauseAfter(metadata, now)),
    readAt: now.toISOString(),
    validUntil: metadata.validUntil?.toISOString() ?? null,
    failure: null,
  };
}

/** As its publisher wants it, within bounds; of what ends soon twice before it ends. */
function pauseAfter({ cacheSeconds, validUntil }: IdentityProviderMetadata, now: Date): number {
  const wanted = cacheSeconds === undefined ? USUAL_MS : cacheSeconds * 1000;
  const half = validUntil === undefined ? wanted : (validUntil.getTime() - now.getTime()) / 2;
  return Math.min(Math.max(Math.min(wanted, half), SHORTEST_MS), LONGEST_MS);
}

/** Tried again soon, and then ever more rarely; what is configured stays. */
export function failedWatch(watch: MetadataWatch, { code, message, hint }: SamlError, now: Date): MetadataWatch {
  const { since, attempts: before } = watch.failure ?? { since: now.toISOString(), attempts: 0 };
  const pause = Math.min(FIRST_RETRY_MS * 2 ** before, USUAL_MS);
  return {
    ...watch,
    dueAt: after(now, pause),
    failure: { code, message, hint: hint ?? null, since, attempts: before + 1 },
  };
}

/**
 * A signature by an unknown key may be by a new one. Anybody can make such a signature: nothing is read for it that was
 * read within the hour, or that fails.
 *
 * @returns undefined when there is nothing to hurry
 */
export function hurriedWatch(watch: MetadataWatch, now: Date): MetadataWatch | undefined {
  const { dueAt, readAt, failure } = watch;
  // What is being read now is due again in so long: to begin anew would never let it come to an end.
  const isWaiting = dueAt !== null && dueAt > after(now, TURN_MS) && failure === null;
  if (!isWaiting || readAt === null || now.getTime() - Date.parse(readAt) < SHORTEST_MS) return undefined;
  return { ...watch, dueAt: now.toISOString() };
}

/** It is being read, and nobody else's turn until that must have come to an end. */
export function takenWatch(watch: MetadataWatch, now: Date): MetadataWatch {
  return { ...watch, dueAt: after(now, TURN_MS) };
}

/** Nothing is read while the connection is closed. */
export function postponedWatch(watch: MetadataWatch, now: Date): MetadataWatch {
  return { ...watch, dueAt: after(now, USUAL_MS) };
}

/** Nobody wants to know any more. */
export function unwantedWatch(watch: MetadataWatch): MetadataWatch {
  return { ...watch, dueAt: null, failure: null, announced: null };
}

/**
 * The watch under changed settings.
 *
 * @param before the watch so far
 * @param given metadata that came with the change, which an admin accepts by it
 */
export function watchAfterChange(
  before: MetadataWatch | null,
  { previous, next }: { readonly previous: ConnectionSettings | null; readonly next: ConnectionSettings | null },
  given: IdentityProviderMetadata | undefined,
  now: Date,
): MetadataWatch | null {
  const config = next?.idp ?? null;
  if (config === null || config.metadataUrl === null) return null;
  const watch = given === undefined ? (before ?? UNREAD) : acceptedWatch(given, now);
  if (!isFollowed(config)) return unwantedWatch(watch);
  const isWantedAnew = given === undefined && config.metadataRefresh !== previous?.idp?.metadataRefresh;
  return isWantedAnew || watch.dueAt === null ? { ...watch, dueAt: now.toISOString() } : watch;
}

function after(now: Date, milliseconds: number): Instant {
  return new Date(now.getTime() + milliseconds).toISOString();
}
