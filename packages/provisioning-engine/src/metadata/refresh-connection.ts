/**
 * One connection keeps up with the metadata of its identity provider: read it, compare, and apply what has changed or
 * tell an admin. The network is asked outside of any transaction.
 *
 * @module
 */
import {
  downloadMetadata,
  type FetchMetadata,
  type IdentityProviderMetadata,
  isSamlError,
  previewIdentityProvider,
  SamlError,
} from "@muster/saml-sp";
import { auditedIdentityProvider } from "../admin/connection-view.ts";
import { auditSides, differences } from "../admin/differences.ts";
import { ensureWritten } from "../admin/written.ts";
import { isSameProvider, MOST_CERTIFICATES, readMetadata } from "../connection/identity-provider-change.ts";
import { completeSettings } from "../connection/new-settings.ts";
import type { EngineContext } from "../context.ts";
import type {
  ConnectionRecord,
  ConnectionSettings,
  IdentityProviderConfig,
  IdentityProviderDifference,
  MetadataWatch,
} from "../ports/index.ts";
import { runUseCase, type UnitOfWork } from "../unit-of-work.ts";
import {
  acceptedWatch,
  announcingWatch,
  failedWatch,
  isFollowed,
  postponedWatch,
  takenWatch,
  unwantedWatch,
} from "./metadata-watch.ts";
import { followMetadata } from "./published-provider.ts";

/** From where metadata is read. */
export interface MetadataSource {
  readonly allowedHosts: readonly string[];
  readonly fetch: FetchMetadata;
}

/** A connection whose turn it is, with what is to be done. */
interface Turn {
  readonly record: ConnectionRecord & { readonly metadata: MetadataWatch };
  readonly settings: ConnectionSettings;
  readonly idp: IdentityProviderConfig & { readonly metadataUrl: string };
}

type Reading = { readonly metadata: IdentityProviderMetadata } | { readonly failure: SamlError };

/** More than `downloadMetadata` takes, unless the host's way to the network does not end when it is told to. */
const READ_MS = 30_000;

/**
 * Reads the metadata of a connection, if it is due and nobody else does.
 *
 * @param closing aborts when the engine closes: what is being read is left to another turn
 */
export async function refreshConnection(
  context: EngineContext,
  source: MetadataSource,
  due: Pick<ConnectionRecord, "id" | "tenantId">,
  closing: AbortSignal,
): Promise<void> {
  const turn = await takeTurn(context, due);
  if (turn === undefined) return;
  const signal = AbortSignal.any([closing, AbortSignal.timeout(READ_MS)]);
  const reading = await Promise.race([read(interruptible(source, signal), turn, context.clock()), aborted(signal)]);
  if (reading === undefined || closing.aborted) return;
  const useCase = { rootTenantId: due.tenantId, actor: { type: "job", id: "metadata" }, requestId: null } as const;
  await runUseCase(context, useCase, (unit) => settle(unit, turn, reading));
}

function interruptible({ allowedHosts, fetch }: MetadataSource, signal: AbortSignal): MetadataSource {
  const signals = (init: RequestInit) => [signal, ...(init.signal ? [init.signal] : [])];
  return { allowedHosts, fetch: (url, init) => fetch(url, { ...init, signal: AbortSignal.any(signals(init)) }) };
}

function aborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(undefined), { once: true }));
}

/** Several processes may see that a connection is due: who puts it off first has its turn. */
function takeTurn(
  { store, clock }: EngineContext,
  { id, tenantId }: Pick<ConnectionRecord, "id" | "tenantId">,
): Promise<Turn | undefined> {
  return store.transaction({ tenantId }, async ({ connections }) => {
    const now = clock();
    const stored = await connections.get(id);
    if (stored === null || !isDue(stored, now)) return undefined;
    const settings = stored.settings === null ? null : completeSettings(stored.settings);
    const idp = settings?.idp ?? null;
    const isWanted = settings !== null && isFollowed(idp);
    const isOpen = isWanted && settings.state !== "disabled" && settings.archive === null;
    const next = isOpen ? takenWatch : isWanted ? postponedWatch : unwantedWatch;
    const record = { ...stored, metadata: next(stored.metadata, now), version: stored.version + 1 };
    ensureWritten(await connections.update(record));
    return isOpen ? { record, settings, idp } : undefined;
  });
}

function isDue(record: ConnectionRecord, now: Date): record is Turn["record"] {
  const dueAt = record.metadata?.dueAt ?? null;
  return dueAt !== null && dueAt <= now.toISOString();
}

/** Under the certificates that must have signed it, if there are any. */
async function read(source: MetadataSource, { idp }: Turn, now: Date): Promise<Reading> {
  try {
    const document = await downloadMetadata(idp.metadataUrl, source);
    const metadata = readMetadata(idp, { metadata: document }, idp.metadataCertificates, now);
    if (metadata !== undefined) return { metadata };
    throw new TypeError("A document that was read says nothing.");
  } catch (error) {
    if (isSamlError(error)) return { failure: error };
    throw error;
  }
}

/** Nothing, if the connection was changed meanwhile: it has another turn. */
async function settle(unit: UnitOfWork, turn: Turn, reading: Reading): Promise<void> {
  const stored = await unit.tx.connections.get(turn.record.id);
  if (stored?.version !== turn.record.version) return;
  if ("failure" in reading) return fail(unit, turn, reading.failure);
  const { idp, record } = turn;
  const next = followMetadata(idp, record.metadata.seen, reading.metadata);
  const problem = problemOf(turn, reading.metadata, next);
  if (problem !== undefined) return fail(unit, turn, problem);
  const now = new Date(unit.now);
  const changes = differences(asAudited(idp), asAudited(next), ["idp"]);
  if (changes.length === 0) return write(unit, turn, { metadata: acceptedWatch(reading.metadata, now) });
  const { difference } = previewIdentityProvider(idp, next, now);
  if (idp.metadataRefresh === "notify") return announce(unit, turn, reading.metadata, difference);
  const verifiedAt = isSameProvider(idp, next) ? record.verifiedAt : null;
  const settings = { ...turn.settings, idp: next };
  await write(unit, turn, { settings, verifiedAt, metadata: acceptedWatch(reading.metadata, now) });
  const subject = { type: "connection", id: record.id };
  await unit.audit({
    tenantId: record.tenantId,
    action: "connection.metadata_applied",
    subject,
    ...auditSides(changes),
  });
  await tell(unit, turn, true, difference);
}

/** What would be configured must be usable, whatever is published. */
function problemOf(
  { record, idp }: Turn,
  { entityId }: IdentityProviderMetadata,
  next: IdentityProviderConfig,
): SamlError | undefined {
  const expected = (record.metadata.seen ?? idp).entityId;
  if (entityId !== expected) {
    return new SamlError("metadata_entity_not_found", `The metadata does not describe "${expected}" any more.`, {
      hint: "If the identity provider is another one now, save its metadata anew.",
    });
  }
  if (next.certificates.length === 0) {
    return new SamlError("metadata_certificate_missing", "The metadata withdraws every certificate that is in use.", {
      hint: "Save the metadata anew to take over the certificates that it holds.",
    });
  }
  if (next.certificates.length > MOST_CERTIFICATES) {
    return new SamlError("certificate_too_many", `There would be more than ${MOST_CERTIFICATES} certificates.`, {
      hint: "Remove those that the identity provider no longer signs with.",
    });
  }
  return undefined;
}

function asAudited(idp: IdentityProviderConfig): { readonly idp: object } {
  return { idp: auditedIdentityProvider(idp) };
}

/** Told once: an admin need not hear of each attempt. */
async function fail(unit: UnitOfWork, turn: Turn, error: SamlError): Promise<void> {
  const metadata = failedWatch(turn.record.metadata, error, new Date(unit.now));
  await write(unit, turn, { metadata });
  if (turn.record.metadata.failure !== null) return;
  const { id, tenantId } = turn.record;
  const data = { connection: { id }, failure: metadata.failure };
  await unit.emit({ tenantId, type: "connection.metadata_failed", data });
}

async function announce(
  unit: UnitOfWork,
  turn: Turn,
  metadata: IdentityProviderMetadata,
  difference: IdentityProviderDifference,
): Promise<void> {
  const { metadata: watch } = turn.record;
  await write(unit, turn, { metadata: announcingWatch(watch, metadata, difference, new Date(unit.now)) });
  if (JSON.stringify(watch.announced) !== JSON.stringify(difference)) await tell(unit, turn, false, difference);
}

async function tell(
  unit: UnitOfWork,
  { record: { id, tenantId } }: Turn,
  applied: boolean,
  difference: IdentityProviderDifference,
): Promise<void> {
  const data = { connection: { id }, applied, difference };
  await unit.emit({ tenantId, type: "connection.metadata_changed", data });
}

async function write({ tx }: UnitOfWork, { record }: Turn, change: Partial<ConnectionRecord>): Promise<void> {
  ensureWritten(await tx.connections.update({ ...record, ...change, version: record.version + 1 }));
}
