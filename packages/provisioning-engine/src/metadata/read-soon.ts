/**
 * Metadata that is read before its time, as somebody signs with a key that it did not hold.
 *
 * @module
 */
import type { EffectiveConnection } from "../connection/effective-connection.ts";
import type { UnitOfWork } from "../unit-of-work.ts";
import { hurriedWatch } from "./metadata-watch.ts";

/** At the next look of the background work, which is within a minute. */
export async function readMetadataSoon(
  { tx, now }: UnitOfWork,
  { root, metadata }: Pick<EffectiveConnection, "root" | "metadata">,
): Promise<void> {
  const hurried = metadata === null ? undefined : hurriedWatch(metadata, new Date(now));
  const record = hurried && (await tx.connections.get(root.connectionId));
  if (!record) return;
  // Whoever changes the connection at this moment has more to say.
  await tx.connections.update({ ...record, metadata: hurried, version: record.version + 1 });
}
