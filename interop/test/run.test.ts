import { expect, it } from "vitest";
import { InteropError } from "../src/errors.ts";
import { runSuites } from "../src/run.ts";
import type { Suite, SuiteRun } from "../src/suite.ts";

const suite = (name: string, prepare: () => Promise<SuiteRun>): Suite => ({
  name,
  version: "1",
  foreign: true,
  prepare,
});
const good = suite("good", async () => (withServer) => withServer([], async () => ({ passed: 1, problems: [] })));
const missing = suite("missing", async () => {
  throw new InteropError("missing", "No Go.");
});
const broken = suite("broken", async () => async () => {
  throw new InteropError("unreadable", "It crashed.");
});

const run = (...suites: readonly Suite[]) =>
  runSuites({
    suites,
    withServer: (_, use) => use({ baseUrl: "http://127.0.0.1:1/scim", token: "t" }),
    standard: { mayMiss: () => false, passedBefore: new Map() },
    note: () => {},
  });

it("runs what is there, lists what is missing, and counts what broke off as failed", async () => {
  const verdict = await run(missing, broken, good);
  expect(verdict.suites).toMatchObject([
    { suite: "broken", passed: 0, failed: 1, problems: [{ message: "It crashed." }] },
    { suite: "good", passed: 1, failed: 0 },
  ]);
  expect(verdict.missing).toEqual([{ suite: "missing", reason: "No Go." }]);
  expect(verdict.complaints).toEqual(["broken: 1 failed.", "missing did not run."]);
});

it("hides no error of its own", async () => {
  const wrong = suite("wrong", async () => {
    throw new TypeError("A bug.");
  });
  await expect(run(wrong)).rejects.toThrow("A bug.");
});
