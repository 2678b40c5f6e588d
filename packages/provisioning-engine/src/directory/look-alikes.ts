/**
 * Attribute names that are almost right (R18): a mapping to `isTeamAcount` would otherwise fail without a trace.
 *
 * @module
 */
import { quoteSome } from "../sync/quote.ts";

/**
 * @param unknown names under a registered extension that it does not have
 * @returns a sentence for the sync log, or undefined when there are none
 */
export function lookAlikeNotice(unknown: readonly string[]): string | undefined {
  if (unknown.length === 0) return undefined;
  return `Ignored, since no attribute has this name: ${quoteSome(unknown)}. Check the attribute mapping.`;
}
