import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type BulkOperation, parseBulk } from "../src/bulk.ts";
import { type BulkStep, creatorsOf, planBulk } from "../src/bulk-plan.ts";
import { BULK_REQUEST_URN } from "../src/index.ts";
import { group, user } from "./types.ts";

/** A POST with the bulkId for each name, referring to the others that are named. */
function operations(graph: Readonly<Record<string, readonly string[]>>): readonly BulkOperation[] {
  const creations = Object.entries(graph).map(([bulkId, references]) => ({
    method: "POST",
    path: "/Users",
    bulkId,
    data: { references: references.map((name) => `bulkId:${name}`) },
  }));
  return parseBulk({ schemas: [BULK_REQUEST_URN], Operations: creations }, [user, group], 10_000).operations;
}

function plan(given: readonly BulkOperation[]): readonly BulkStep[] {
  return planBulk(given, creatorsOf(given));
}

/** `a`, `b-a` for `b` without its reference to `a`, `b+` for what was left out. */
function steps(graph: Readonly<Record<string, readonly string[]>>): readonly string[] {
  return plan(operations(graph)).map(({ kind, operation, deferred }) =>
    kind === "complete" ? `${operation.bulkId}+` : [operation.bulkId, ...deferred].join("-"),
  );
}

describe("planBulk", () => {
  it("keeps the order of the request where nothing refers to what comes later", () => {
    expect(steps({ c: [], a: ["c"], b: ["a", "c"] })).toEqual(["c", "a", "b"]);
  });

  it("F02: brings forward what is referred to before its turn, and nothing else", () => {
    expect(steps({ a: ["d"], b: [], c: ["a"], d: ["e"], e: [] })).toEqual(["e", "d", "a", "b", "c"]);
  });

  it("J19: opens a circle at one place, and closes it as soon as it can", () => {
    expect(steps({ a: ["b"], b: ["a"], c: [] })).toEqual(["b-a", "a", "b+", "c"]);
    expect(steps({ a: ["b"], b: ["c"], c: ["a", "b"] })).toEqual(["c-a-b", "b", "a", "c+"]);
    expect(steps({ a: ["a"] })).toEqual(["a-a", "a+"]);
  });

  it("leaves references to nothing where they stand", () => {
    expect(steps({ a: ["nobody"], b: ["a"] })).toEqual(["a", "b"]);
  });

  it("J19: whatever refers to whatever, each is run once, and after what it is not run without", () => {
    const names = ["a", "b", "c", "d", "e", "f"];
    const graph = fc.record(
      Object.fromEntries(names.map((name) => [name, fc.uniqueArray(fc.constantFrom(...names), { maxLength: 4 })])),
      { noNullPrototype: true },
    );
    fc.assert(
      fc.property(graph, (references) => {
        const planned = plan(operations(references));
        const done = new Set<string | undefined>();
        const waiting = new Map<string | undefined, ReadonlySet<string>>();
        for (const { kind, operation, deferred } of planned) {
          const { bulkId = "" } = operation;
          if (kind === "complete") {
            expect([...(waiting.get(bulkId) ?? [])].every((name) => done.has(name))).toBe(true);
            waiting.delete(bulkId);
            continue;
          }
          const needed = (references[bulkId] ?? []).filter((name) => !deferred.has(name));
          expect(needed.every((name) => done.has(name))).toBe(true);
          expect(done.has(bulkId)).toBe(false);
          done.add(bulkId);
          if (deferred.size > 0) waiting.set(bulkId, deferred);
        }
        expect([...done].toSorted()).toEqual(names);
        expect(waiting.size).toBe(0);
      }),
      { seed: 19, numRuns: 1000 },
    );
  });

  it("J19: plans hostile requests in no time", () => {
    const size = 10_000;
    const name = (at: number): string => `n${at % size}`;
    const chain = operations(Object.fromEntries(Array.from({ length: size }, (_, at) => [name(at), [name(at + 1)]])));
    const dense = operations(
      Object.fromEntries(
        Array.from({ length: 1000 }, (_, at) => [name(at), Array.from({ length: 100 }, (_, to) => name(to * 10))]),
      ),
    );
    const started = performance.now();
    expect(plan(chain)).toHaveLength(size + 1);
    expect(plan(dense).filter(({ kind }) => kind === "run")).toHaveLength(1000);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
