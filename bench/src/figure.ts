/**
 * What a suite finds out.
 *
 * @module
 */

/** One measured number under its stable name. */
export interface Figure {
  /** `what/compared-with`, or what alone for a number that compares nothing. */
  readonly name: string;
  readonly value: number;
  /** `×` for ratios of throughput: above 1, ours is faster. `× time` for ratios of time: below 1, ours is faster. */
  readonly unit: "×" | "× time" | "kB" | "ms";
  /** What is aimed at, such as `>= 8`; nothing fails when it is missed. */
  readonly target?: string;
  /** What was compared, in numbers. */
  readonly detail: string;
}

export interface Suite {
  readonly name: string;
  readonly title: string;
  /** @param found told of each figure as soon as it is known */
  run(found: (figure: Figure) => void): Promise<void>;
}
