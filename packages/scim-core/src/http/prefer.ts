/**
 * What a client would like (RFC 7240); a server may ignore any of it.
 *
 * @module
 */

export interface Preferences {
  /** Answer 202 now, and tell later what became of it (§4.1). */
  readonly respondAsync: boolean;
  /** Seconds that the client is ready to wait for the real answer (§4.3). */
  readonly wait: number | undefined;
}

/** Nobody has so much to prefer. */
const LONGEST = 1000;

/**
 * Of a preference that stands twice the first counts (§2); what cannot be read is no preference.
 *
 * @param header several lines are one, with commas between them
 * @example
 * parsePrefer("respond-async, wait=5"); // { respondAsync: true, wait: 5 }
 */
export function parsePrefer(header: string | null): Preferences {
  const preferences = new Map<string, string>();
  for (const text of splitList(header ?? "")) {
    // Parameters after a semicolon say more about a preference; these two have none.
    const [name = "", value = ""] = (text.split(";", 1)[0] ?? "").split("=", 2).map((part) => part.trim());
    if (!preferences.has(name.toLowerCase())) preferences.set(name.toLowerCase(), value);
  }
  const wait = preferences.get("wait");
  return {
    respondAsync: preferences.has("respond-async"),
    wait: wait !== undefined && /^\d{1,9}$/.test(wait) ? Number(wait) : undefined,
  };
}

/** A comma within quotes separates nothing. */
function splitList(header: string): readonly string[] {
  if (header.length > LONGEST) return [];
  return header.replace(/"([^"]*)"/g, (_, quoted: string) => quoted.replace(/[,;=]/g, "")).split(",");
}
