/**
 * The name that somebody probably meant.
 *
 * @module
 */

/** Longer texts are no slips of the pen, and comparing them would cost their product. */
const LONGEST_NAME = 40;

/**
 * @param given what was written
 * @param known what may be written
 * @returns the nearest known name, or undefined when none is near
 */
export function didYouMean(given: string, known: readonly string[]): string | undefined {
  if (given.length > LONGEST_NAME) return undefined;
  const tolerated = Math.ceil(given.length / 3);
  const candidates = known
    .map((name) => ({ name, distance: editDistance(given.toLowerCase(), name.toLowerCase()) }))
    .filter(({ distance }) => distance <= tolerated);
  return candidates.toSorted((a, b) => a.distance - b.distance)[0]?.name;
}

/** Levenshtein's distance, row by row. */
function editDistance(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [row, character] of [...from].entries()) {
    const current = [row + 1];
    for (let column = 0; column < to.length; column++) {
      const replaced = (previous[column] ?? 0) + (character === to[column] ? 0 : 1);
      current.push(Math.min(replaced, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    }
    previous = current;
  }
  return previous.at(-1) ?? 0;
}
