/**
 * Two contenders measured in turns: in every round each works for about the same time, one right after the other, so
 * that whatever else the machine does hits both. The first turn changes from round to round.
 *
 * What counts is the CPU time of the process that works, and not the time that passes: on a shared machine most of that
 * is waiting for others.
 *
 * @module
 */

export interface Contender {
  /** Does the work so many times. */
  run(times: number): void | Promise<void>;
  /** Microseconds of CPU time that the working process has used so far. */
  cpu(): number | Promise<number>;
}

export interface Contenders {
  readonly ours: Contender;
  readonly reference: Contender;
}

export interface Effort {
  /** Work before anything counts: at least so long, and so often. */
  readonly warmUpMs: number;
  readonly rounds: number;
  /** How much CPU time one turn should take at least. */
  readonly turnMs: number;
  /** Bounds a turn, for work that leaves something behind. */
  readonly mostTimes?: number;
}

/** Medians over the rounds; rates are times per second of CPU time. */
export interface Measured {
  readonly ratio: number;
  readonly ours: number;
  readonly reference: number;
}

const DEFAULT_EFFORT: Effort = { warmUpMs: 500, rounds: 15, turnMs: 60 };

/** Work in this very process. */
export function inProcess(run: Contender["run"]): Contender {
  return {
    run,
    cpu: () => {
      const { user, system } = process.cpuUsage();
      return user + system;
    },
  };
}

/** @returns throughput of ours over that of the reference, as the median of the rounds' ratios */
export async function interleaved({ ours, reference }: Contenders, effort: Effort = DEFAULT_EFFORT): Promise<Measured> {
  await warmUp(ours, effort);
  await warmUp(reference, effort);
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

const WARM_UP_TIMES = 50;

/** Both run until they are compiled. */
async function warmUp(contender: Contender, { warmUpMs, mostTimes = WARM_UP_TIMES }: Effort): Promise<void> {
  const started = await contender.cpu();
  while ((await contender.cpu()) - started < warmUpMs * 1000) {
    await contender.run(Math.min(WARM_UP_TIMES, mostTimes));
  }
}

/** How often the work fits into a turn. */
async function calibrate(
  contender: Contender,
  { turnMs, mostTimes = Number.POSITIVE_INFINITY }: Effort,
): Promise<number> {
  let times = 1;
  while (true) {
    const usedMs = (times / (await rate(contender, times))) * 1000;
    if (usedMs >= turnMs || times >= mostTimes) return times;
    const wanted = Math.ceil((times * turnMs * 1.2) / Math.max(usedMs, 0.01));
    times = Math.min(wanted, times * 10, mostTimes);
  }
}

async function rate(contender: Contender, times: number): Promise<number> {
  const before = await contender.cpu();
  await contender.run(times);
  return (times / ((await contender.cpu()) - before)) * 1_000_000;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
