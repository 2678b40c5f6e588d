import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createKeyedRunner } from "../../src/sync/keyed-runner.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Work that ends when told to. */
function manual() {
  const log: string[] = [];
  const waiting: (() => void)[] = [];
  const work = async (key: string) => {
    log.push(`begin ${key}`);
    await new Promise<void>((resolve) => waiting.push(resolve));
    log.push(`end ${key}`);
  };
  return { log, work, finishOne: () => waiting.shift()?.() };
}

const settle = () => vi.advanceTimersByTimeAsync(0);

describe("createKeyedRunner", () => {
  it("never runs one key twice at a time, and runs it again when it was woken meanwhile", async () => {
    const { log, work, finishOne } = manual();
    const runner = createKeyedRunner(work, () => undefined);
    for (let times = 0; times < 3; times++) runner.wake("a");
    await settle();
    runner.wake("a");
    runner.wake("a");
    finishOne();
    await settle();
    finishOne();
    await runner.idle();
    expect(log).toEqual(["begin a", "end a", "begin a", "end a"]);
  });

  it("lets keys run side by side", async () => {
    const { log, work, finishOne } = manual();
    const runner = createKeyedRunner(work, () => undefined);
    runner.wake("a");
    runner.wake("b");
    await settle();
    expect(log).toEqual(["begin a", "begin b"]);
    finishOne();
    finishOne();
    await runner.idle();
  });

  it("tries failed work again, after pauses that double, and stops trying after success", async () => {
    const times: number[] = [];
    const errors: unknown[] = [];
    const work = async () => {
      times.push(Date.now());
      if (times.length < 4) throw new Error("not yet");
    };
    const runner = createKeyedRunner(work, (error) => errors.push(error));
    runner.wake("a");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(times.slice(1).map((time, index) => time - (times[index] ?? 0))).toEqual([500, 1000, 2000]);
    expect(errors).toHaveLength(3);
  });

  it("a stopped runner finishes what runs, and starts nothing more", async () => {
    const { log, work, finishOne } = manual();
    const runner = createKeyedRunner(work, () => undefined);
    runner.wake("a");
    await settle();
    runner.wake("a");
    const stopped = runner.stop();
    runner.wake("b");
    finishOne();
    await stopped;
    expect(log).toEqual(["begin a", "end a"]);
  });

  it("does not try again after a stop", async () => {
    let tries = 0;
    const runner = createKeyedRunner(
      async () => {
        tries += 1;
        throw new Error("always");
      },
      () => undefined,
    );
    runner.wake("a");
    await runner.idle();
    await runner.stop();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(tries).toBe(1);
  });
});
