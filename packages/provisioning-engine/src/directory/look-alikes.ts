/**
 * Attribute names that are almost right (R18): a mapping to `isTeamAcount` would otherwise fail without a trace.
 *
 * @module
 */

const SHOWN = 5;
const SHOWN_LENGTH = 120;

/**
 * @param unknown names under a registered extension that it does not have
 * @returns a sentence for the sync log, or undefined when there are none
 */
export function lookAlikeNotice(unknown: readonly string[]): string | undefined {
  if (unknown.length === 0) return undefined;
  const names = unknown.slice(0, SHOWN).map((name) => `"${name.slice(0, SHOWN_LENGTH)}"`);
  const more = unknown.length > SHOWN ? ` and ${unknown.length - SHOWN} more` : "";
  return `Ignored, since no attribute has this name: ${names.join(", ")}${more}. Check the attribute mapping.`;
}
