/**
 * Two contenders timed in turns: in every round each works for about the same time, one right after the other, so that
 * whatever else the machine does hits both. The first turn changes from round to round.
 *
 * @module
 */

/** Does the work so many times. */
export type Work = (times: number) => void | Promise<void>;

export interface Contenders {
  readonly ours: Work;
  readonly reference: Work;
}

export interface Effort {
  readonly warmUpMs: number;
  readonly rounds: number;
  /** How long one turn should last at least. */
  readonly turnMs: number;
  /** Bounds a turn, for work that leaves something behind. */
  readonly mostTimes?: number;
}

/** Medians over the rounds; rates are times per second. */
export interface Measured {
  readonly ratio: number;
  readonly ours: number;
  readonly reference: number;
}

const DEFAULT_EFFORT: Effort = { warmUpMs: 500, rounds: 15, turnMs: 60 };

/** @returns throughput of ours over that of the reference, as the median of the rounds' ratios */
export async function interleaved({ ours, reference }: Contenders, effort: Effort = DEFAULT_EFFORT): Promise<Measured> {
  await warmUp({ ours, reference }, effort);
  const turns = { ours: await calibrate(ours, effort), reference: await calibrate(reference, effort) };
  const rounds: { readonly ours: number; readonly reference: number }[] = [];
  for (let round = 0; round < effort.rounds; round++) {
    const first = round % 2 === 0 ? await rate(ours, turns.ours) : undefined;
    const second = await rate(reference, turns.reference);
    rounds.push({ ours: first ?? (await rate(ours, turns.ours)), reference: second });
  }
  return {
    ratio: median(rounds.map((round) => round.ours / round.reference)),
    ours: median(rounds.map((round) => round.ours)),
    reference: median(rounds.map((round) => round.reference)),
  };
}

/** Before anything is counted, both run until they are compiled. */
async function warmUp({ ours, reference }: Contenders, { warmUpMs, mostTimes }: Effort): Promise<void> {
  for (const work of [ours, reference]) {
    const started = performance.now();
    while (performance.now() - started < warmUpMs) await work(Math.min(WARM_UP_TIMES, mostTimes ?? WARM_UP_TIMES));
  }
}

const WARM_UP_TIMES = 50;

/** How often the work fits into a turn. */
async function calibrate(work: Work, { turnMs, mostTimes = Number.POSITIVE_INFINITY }: Effort): Promise<number> {
  let times = 1;
  while (true) {
    const elapsedMs = (times / (await rate(work, times))) * 1000;
    if (elapsedMs >= turnMs || times >= mostTimes) return times;
    const wanted = Math.ceil((times * turnMs * 1.2) / Math.max(elapsedMs, 0.01));
    times = Math.min(wanted, times * 10, mostTimes);
  }
}

async function rate(work: Work, times: number): Promise<number> {
  const started = performance.now();
  await work(times);
  return (times / (performance.now() - started)) * 1000;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
