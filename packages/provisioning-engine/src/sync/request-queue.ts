/**
 * Requests that were accepted and wait for their turn: one after the other for each connection, within bounds. They live
 * in this process and end with it.
 *
 * @module
 */

export interface RequestQueue {
  /**
   * @param key whose turn it is: work of one key never overlaps, and keeps its order
   * @param bytes what the work holds in memory until it is done
   * @returns settles with the work; undefined when there is no room for it, or the queue is closed
   */
  enqueue(key: string, bytes: number, work: () => Promise<void>): Promise<void> | undefined;
  /** Takes nothing more, and does what was taken. */
  close(): Promise<void>;
}

export interface QueueLimits {
  readonly requestsPerKey: number;
  readonly requests: number;
  readonly bytes: number;
}

const DEFAULT_LIMITS: QueueLimits = { requestsPerKey: 100, requests: 1000, bytes: 64 * 1024 * 1024 };

export function createRequestQueue(limits: QueueLimits = DEFAULT_LIMITS): RequestQueue {
  const lines = new Map<string, { last: Promise<void>; length: number }>();
  let [requests, bytes, closed] = [0, 0, false];
  const leave = (key: string, size: number) => {
    requests -= 1;
    bytes -= size;
    const line = lines.get(key);
    if (line !== undefined && --line.length === 0) lines.delete(key);
  };
  return {
    enqueue: (key, size, work) => {
      const line = lines.get(key) ?? { last: Promise.resolve(), length: 0 };
      const full = line.length >= limits.requestsPerKey || requests >= limits.requests || bytes + size > limits.bytes;
      if (closed || full) return undefined;
      requests += 1;
      bytes += size;
      line.length += 1;
      const done = line.last.then(work).finally(() => leave(key, size));
      line.last = done.catch(() => undefined);
      lines.set(key, line);
      return done;
    },
    close: async () => {
      closed = true;
      await Promise.all([...lines.values()].map(({ last }) => last));
    },
  };
}
