/**
 * How often strangers may make us write. A forged response costs its sender nothing; what it may cost us is bounded per
 * connection.
 *
 * @module
 */
import type { Clock, ConnectionId } from "../ports/index.ts";

const PER_MINUTE = 30;
const MINUTE_MS = 60_000;

/** @returns whether one more may be written for this connection in this minute */
export function createRefusalBudget(clock: Clock): (connectionId: ConnectionId) => boolean {
  let minute = Number.NEGATIVE_INFINITY;
  const written = new Map<ConnectionId, number>();
  return (connectionId) => {
    const now = Math.floor(clock().getTime() / MINUTE_MS);
    if (now !== minute) written.clear();
    minute = now;
    const count = written.get(connectionId) ?? 0;
    written.set(connectionId, count + 1);
    return count < PER_MINUTE;
  };
}
