/**
 * What a service remembers between two messages, for as long as a suite runs.
 *
 * @module
 */
import type { ReplayStore, RequestStore } from "@muster/saml-sp";

export function memoryRequestStore<Request extends { readonly id: string }>(): RequestStore<Request> {
  const requests = new Map<string, Request>();
  return {
    put: async (request) => void requests.set(request.id, request),
    take: async (id) => {
      const found = requests.get(id);
      requests.delete(id);
      return found;
    },
  };
}

export function memoryReplayStore(): ReplayStore {
  const used = new Set<string>();
  return {
    putIfAbsent: async (key) => {
      const isNew = !used.has(key);
      used.add(key);
      return isNew;
    },
  };
}
