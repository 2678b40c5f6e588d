import { describe, expect, it } from "vitest";
import { createRequestQueue } from "../../src/sync/request-queue.ts";

const LIMITS = { requestsPerKey: 2, requests: 3, bytes: 100 };

/** Work that ends when told to. */
function manual() {
  const log: string[] = [];
  const waiting = new Map<string, () => void>();
  const work = (name: string) => async () => {
    log.push(`begin ${name}`);
    await new Promise<void>((resolve) => waiting.set(name, resolve));
    log.push(`end ${name}`);
  };
  return { log, work, finish: (name: string) => waiting.get(name)?.() };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe("createRequestQueue", () => {
  it("J28: does the work of one key in order, one at a time, and of others beside it", async () => {
    const { log, work, finish } = manual();
    const queue = createRequestQueue();
    const done = ["a1", "a2"].map((name) => queue.enqueue("a", 1, work(name)));
    done.push(queue.enqueue("b", 1, work("b1")));
    await settle();
    expect(log).toEqual(["begin a1", "begin b1"]);
    finish("a1");
    await settle();
    finish("a2");
    finish("b1");
    await Promise.all(done);
    expect(log.filter((line) => line.includes("a"))).toEqual(["begin a1", "end a1", "begin a2", "end a2"]);
  });

  it("J28: work that fails does not keep the next from its turn", async () => {
    const queue = createRequestQueue();
    const failed = queue.enqueue("a", 1, () => Promise.reject(new Error("no")));
    const next = queue.enqueue("a", 1, async () => undefined);
    await expect(failed).rejects.toThrow("no");
    await expect(next).resolves.toBeUndefined();
  });

  it("J28: is bounded per key, in all, and in bytes; room that was left is room again", async () => {
    const { work, finish } = manual();
    const queue = createRequestQueue(LIMITS);
    const takes = (key: string, bytes = 1, name = key) => queue.enqueue(key, bytes, work(name)) !== undefined;
    expect([takes("a", 1, "a1"), takes("a", 1, "a2"), takes("a")]).toEqual([true, true, false]);
    expect([takes("b", 99), takes("b", 98), takes("c")]).toEqual([false, true, false]);
    await settle();
    finish("a1");
    await settle();
    expect([takes("a", 1, "a3"), takes("c")]).toEqual([true, false]);
  });

  it("J28: closing takes nothing more, and does what was taken", async () => {
    const { log, work, finish } = manual();
    const queue = createRequestQueue();
    void queue.enqueue("a", 1, work("a1"));
    void queue.enqueue("a", 1, work("a2"));
    await settle();
    const closed = queue.close();
    expect(queue.enqueue("a", 1, work("a3"))).toBeUndefined();
    finish("a1");
    await settle();
    finish("a2");
    await closed;
    expect(log.at(-1)).toBe("end a2");
  });
});
