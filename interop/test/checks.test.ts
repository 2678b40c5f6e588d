import { expect, it } from "vitest";
import { runChecks } from "../src/checks.ts";
import { InteropError } from "../src/errors.ts";

const good = { name: "good", run: async () => {} };
const bad = {
  name: "bad",
  run: async () => {
    throw new Error("It was refused.");
  },
};

it("counts checks that hold, and says why others do not", async () => {
  const problems = [{ check: "bad", grade: "failed", message: "It was refused." }];
  expect(await runChecks([bad, good])).toEqual({ passed: 1, problems });
});

it("runs them one after the other", async () => {
  const order: string[] = [];
  const step = (name: string, ms: number) => ({
    name,
    run: async () => {
      await new Promise((resolve) => setTimeout(resolve, ms));
      order.push(name);
    },
  });
  await runChecks([step("slow", 20), step("fast", 0)]);
  expect(order).toEqual(["slow", "fast"]);
});

it("does not take a suite that broke off for a check that failed", async () => {
  const broken = { name: "broken", run: () => Promise.reject(new InteropError("unreadable", "It crashed.")) };
  await expect(runChecks([broken])).rejects.toMatchObject({ code: "unreadable" });
});
