import { expect, it } from "vitest";
import { parseSanity } from "../../src/suites/scim-sanity.ts";
import { recorded } from "../fixtures.ts";

it("reads its results by phase", () => {
  expect(parseSanity(recorded("scim-sanity.json"))).toEqual({
    passed: 4,
    problems: [
      {
        check: "Phase 3 — Group CRUD Lifecycle: PATCH /Groups/{id}",
        grade: "failed",
        message: "Expected HTTP 200, got 204 (RFC 7644 §3.3); Response body is empty",
      },
      {
        check: "Phase 4 — Agent CRUD Lifecycle: Agent CRUD Lifecycle",
        grade: "skipped",
        message: "Agent not supported by server",
      },
    ],
  });
});

it.each(["", "Traceback (most recent call last):", '{"results":[{"name":"x","status":"maybe"}]}'])(
  "refuses to guess what %j means",
  (stdout) => {
    expect(() => parseSanity(stdout)).toThrow(expect.objectContaining({ code: "unreadable" }));
  },
);
