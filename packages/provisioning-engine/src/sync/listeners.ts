/**
 * Who wants to hear of which event.
 *
 * @module
 */
import type { EventName, Listener, ProvisioningEvents } from "../events.ts";

export interface Listeners {
  /** @returns stops listening */
  on<Name extends EventName>(name: Name, listener: Listener<Name>): () => void;
  wants(name: string): boolean;
  /** Calls the listeners of an event one after the other; one that fails is reported and stops nobody else. */
  tell(event: ProvisioningEvents[EventName], onError: (error: unknown) => void): Promise<void>;
}

type AnyListener = (event: ProvisioningEvents[EventName]) => void | Promise<void>;

export function createListeners(): Listeners {
  const byName = new Map<string, Set<AnyListener>>();
  return {
    on: (name, listener) => {
      const listeners = byName.get(name) ?? new Set();
      byName.set(name, listeners);
      // An own function per call: the same listener may be registered twice, and each registration ends by itself.
      const registration = ((event) => listener(event as never)) satisfies AnyListener;
      listeners.add(registration);
      return () => void listeners.delete(registration);
    },
    wants: (name) => (byName.get(name)?.size ?? 0) > 0,
    tell: async (event, onError) => {
      for (const listener of [...(byName.get(event.type) ?? [])]) {
        try {
          await listener(event);
        } catch (error) {
          onError(error);
        }
      }
    },
  };
}
