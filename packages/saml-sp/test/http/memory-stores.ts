import type { ReplayStore } from "../../src/replay-store.ts";
import type { OutstandingRequest, RequestStore } from "../../src/request-store.ts";

/** A request store of one connection that can be looked into. */
export function memoryRequestStore(clock: () => Date): RequestStore & { readonly size: number } {
  const held = new Map<string, { readonly request: OutstandingRequest; readonly expiresAt: Date }>();
  return {
    get size() {
      return held.size;
    },
    put: async (request, expiresAt) => void held.set(request.id, { request, expiresAt }),
    take: async (id) => {
      const found = held.get(id);
      held.delete(id);
      return found !== undefined && found.expiresAt > clock() ? found.request : undefined;
    },
  };
}

/** A replay store of one connection. */
export function memoryReplayStore(): ReplayStore {
  const used = new Set<string>();
  return {
    putIfAbsent: async (key) => {
      if (used.has(key)) return false;
      used.add(key);
      return true;
    },
  };
}
