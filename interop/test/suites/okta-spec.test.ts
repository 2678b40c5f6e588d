import { readFileSync } from "node:fs";
import { readTranscript } from "@muster/scim-core/testing";
import { expect, it } from "vitest";
import { judgeOkta } from "../../src/suites/okta-spec.ts";

const transcript = readTranscript(JSON.parse(readFileSync(new URL("../../okta-spec.json", import.meta.url), "utf8")));
const allGood = transcript.steps.map(({ name }) => ({ name, optional: false, failures: [] }));

it("has twelve requests with fifty-two assertions, the response time among them", () => {
  expect(transcript.steps).toHaveLength(12);
  expect(judgeOkta(transcript, allGood, 599)).toEqual({ passed: 52, problems: [] });
});

it("counts no assertion of a step that failed", () => {
  const [first, ...others] = allGood;
  const results = [{ name: first?.name ?? "", optional: false, failures: ["The status is 500."] }, ...others];
  expect(judgeOkta(transcript, results, 10)).toEqual({
    passed: 40,
    problems: [{ check: first?.name, grade: "failed", message: "The status is 500." }],
  });
});

it.each([600, Number.POSITIVE_INFINITY])("fails when the groups took %d ms", (elapsed) => {
  const { passed, problems } = judgeOkta(transcript, allGood, elapsed);
  expect([passed, problems.map(({ check }) => check)]).toEqual([51, ["groups are listed in time"]]);
});
