import { expect, it } from "vitest";
import { runScimConformance } from "../../../src/testing/index.ts";
import { inMemory } from "./in-memory.ts";
import { type CursorMistakes, withCursors } from "./with-cursors.ts";

async function failuresOf(mistakes: CursorMistakes): Promise<readonly string[]> {
  const { fetch, ...service } = inMemory();
  const results: string[] = [];
  for await (const result of runScimConformance({
    ...service,
    fetch: withCursors(fetch, mistakes),
    only: ["cursors"],
  })) {
    if (result.outcome !== "passed") results.push(`${result.id} ${result.title}: ${result.reason}`);
  }
  return results;
}

it("finds nothing wrong with right cursors", async () => {
  expect(await failuresOf({})).toEqual([]);
});

it.each([
  ["J26 people who are deleted during the walk", { counts: true }],
  ["J24 a cursor goes with its filter only", { forgets: true }],
  ["J24 a cursor of one tenant", { forgets: true }],
  ["J22 an empty cursor begins", { goesOn: true }],
])("notices %s", async (failure, mistakes) => {
  expect((await failuresOf(mistakes)).join("\n")).toContain(failure);
});
