/**
 * Which of two roles is the higher one: the host's order, highest first. Roles that it does not name rank below all that
 * it names.
 *
 * @module
 */

/** Roles of both slots, highest first. */
export interface RoleOrder {
  readonly portal: readonly string[];
  readonly content: readonly string[];
}

export const DEFAULT_ROLE_ORDER: RoleOrder = {
  portal: ["Owner", "Admin", "Contributor"],
  content: ["Editor", "Draft writer"],
};

/** @returns the highest; the first of those that rank the same; undefined of none */
export function highestRole<Candidate>(
  candidates: readonly Candidate[],
  roleOf: (candidate: Candidate) => string,
  order: readonly string[],
): Candidate | undefined {
  const rank = (candidate: Candidate): number => {
    const place = order.indexOf(roleOf(candidate));
    return place === -1 ? order.length : place;
  };
  return candidates.toSorted((a, b) => rank(a) - rank(b))[0];
}
