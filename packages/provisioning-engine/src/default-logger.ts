import type { Logger } from "./ports/index.ts";

/** What somebody has to know goes to the console, the rest nowhere. */
export function defaultLogger(): Logger {
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: (facts, message) => console.warn(message, facts),
    error: (facts, message) => console.error(message, facts),
  };
}
