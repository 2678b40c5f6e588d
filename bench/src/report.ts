/**
 * What a suite found out, for people and for programs.
 *
 * @module
 */
import type { Figure } from "./figure.ts";

/** As kept in `bench/results/`, and as the tables of the documentation are made from. */
export interface Results {
  readonly suite: string;
  /** What it was measured on. */
  readonly node: string;
  readonly figures: readonly Figure[];
}

/** One line for programs: the numbers by name. */
export function jsonLine({ suite, figures }: Results): string {
  return JSON.stringify({
    suite,
    ratios: Object.fromEntries(figures.map(({ name, value }) => [name, rounded(value)])),
  });
}

/** One line for people, padded to stand in a table. */
export function textLine({ name, value, unit, target, detail }: Figure): string {
  const shown = `${rounded(value)} ${unit}`;
  return `${name.padEnd(38)}${shown.padStart(12)}  ${(target ?? "").padEnd(9)}${detail}`;
}

export function resultsFile({ figures, ...rest }: Results): string {
  const kept = figures.map((figure) => ({ ...figure, value: rounded(figure.value) }));
  return `${JSON.stringify({ ...rest, figures: kept }, null, 2)}\n`;
}

/** Three digits are all that is worth reading. */
function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
