/**
 * Who wants to hear of which event.
 *
 * @module
 */
import { ProvisioningError } from "../errors.ts";
import { EVENT_NAMES, type EventName, type Listener, type ProvisioningEvents } from "../events.ts";
import { didYouMean } from "../validation/did-you-mean.ts";

export interface Listeners {
  /**
   * @returns stops listening
   * @throws {ProvisioningError} `invalid_request` for an event that never happens
   */
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
      requireEvent(name);
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

/** Whoever writes JavaScript would wait for a misspelt event for ever. */
function requireEvent(name: string): void {
  if (EVENT_NAMES.some((known) => known === name)) return;
  const meant = didYouMean(name, EVENT_NAMES);
  const fix = meant === undefined ? `Known are ${EVENT_NAMES.join(", ")}.` : `Did you mean "${meant}"?`;
  throw new ProvisioningError("invalid_request", `There is no event "${name}". ${fix}`);
}
