import { describe, expect, it } from "vitest";
import { ACCOUNT_CHANGE, CONNECTION_CHANGE, NEW_TENANT } from "../../src/admin/shapes.ts";
import { isProvisioningError } from "../../src/errors.ts";
import { checked } from "../../src/validation/checked.ts";

function problemsOf(check: () => unknown): readonly { readonly path: string; readonly message: string }[] {
  try {
    check();
  } catch (error) {
    if (!isProvisioningError(error) || error.code !== "invalid_request") throw error;
    return error.facts.problems as never;
  }
  return [];
}

describe("checked", () => {
  it("gives back what has the shape", () => {
    expect(checked(NEW_TENANT, { id: "acme", seatLimits: { user: 3 } })).toEqual({
      id: "acme",
      seatLimits: { user: 3 },
    });
  });

  it("names every problem at once, by path", () => {
    const problems = problemsOf(() =>
      checked(NEW_TENANT, { id: "Acme!", name: 7, seatLimits: { user: -1, raeder: 2 } }),
    );
    expect(problems.map(({ path }) => path).toSorted()).toEqual(["id", "name", "seatLimits.raeder", "seatLimits.user"]);
    expect(problems.find(({ path }) => path === "seatLimits.raeder")?.message).toContain('Did you mean "reader"?');
  });

  it("finds the known names inside of nullable and optional objects", () => {
    const [problem] = problemsOf(() => checked(CONNECTION_CHANGE, { idp: { metdata: "<xml/>" } }));
    expect(problem).toEqual({ path: "idp.metdata", message: 'There is no such field. Did you mean "metadata"?' });
  });

  it("lists the known names when none is near", () => {
    const [problem] = problemsOf(() => checked(NEW_TENANT, { id: "acme", colour: "red" }));
    expect(problem?.message).toBe("There is no such field. Known are id, name, parent, seatLimits, draft, simulate.");
  });

  it.each([[undefined], [null], [7], ["text"], [[]]])("refuses %j as a whole", (input) => {
    expect(problemsOf(() => checked(NEW_TENANT, input))).toHaveLength(1);
  });

  it("never repeats a value", () => {
    const secret = "hunter2-".repeat(10);
    const error = (() => {
      try {
        return checked(ACCOUNT_CHANGE, { kind: secret, name: { secret }, email: secret, suspended: secret });
      } catch (thrown) {
        return thrown as Error;
      }
    })();
    expect(JSON.stringify({ ...error, message: (error as Error).message })).not.toContain("hunter2");
  });

  it("bounds what a hostile body makes it say", () => {
    const many = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`${"k".repeat(500)}${index}`, 1]));
    const problems = problemsOf(() => checked(NEW_TENANT, { id: "acme", ...many }));
    expect(problems).toHaveLength(20);
    expect(Math.max(...problems.map(({ path }) => path.length))).toBeLessThanOrEqual(60);
  });

  it("does not know inherited names", () => {
    const hostile: unknown = JSON.parse('{"id":"acme","__proto__":{"name":"x"},"constructor":1}');
    expect(problemsOf(() => checked(NEW_TENANT, hostile)).map(({ path }) => path)).toEqual([
      "__proto__",
      "constructor",
    ]);
  });

  it.each([
    ["blank", " "],
    ["a line break", "a\nb"],
    ["a null character", "a\u0000"],
    ["too long", "a".repeat(201)],
  ])("refuses a name that is %s", (_, name) => {
    expect(problemsOf(() => checked(NEW_TENANT, { id: "acme", name }))).toHaveLength(1);
  });

  it.each(["", "-a", "_a", "a b", "a/b", "..", "A", "a".repeat(65), "ä"])("R1: refuses the tenant id %j", (id) => {
    expect(problemsOf(() => checked(NEW_TENANT, { id }))).toHaveLength(1);
  });
});
