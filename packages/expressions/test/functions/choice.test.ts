import { describe, expect, it } from "vitest";
import { evaluateExpression, parseExpression } from "../../src/index.ts";
import { contextOf, outcomeOf } from "../evaluation.ts";

describe("IIF", () => {
  it("A2: evaluates conditions over absent attributes like others; null is not met", () => {
    expect(outcomeOf('IIF([a] = "x", "yes", "no")')).toBe("no");
    expect(outcomeOf('IIF([a] <> "x", "yes", "no")')).toBe("yes");
    expect(outcomeOf('IIF(IsPresent([a]), [a], "none")')).toBe("none");
    expect(outcomeOf('IIF([a], "yes", "no")')).toBe("no");
    expect(outcomeOf('IIF([a], "yes", "no")', { a: "true" })).toBe("yes");
    expect(outcomeOf('IIF([a], "yes", "no")', { a: "Sales" })).toEqual({ error: "type" });
  });

  it("evaluates no branch that it does not take", () => {
    expect(outcomeOf('IIF("1" = "1", "yes", Item([none], 1))')).toBe("yes");
  });
});

describe("Switch", () => {
  it("A4: is null without a default when nothing matches", () => {
    expect(outcomeOf('Switch([a], , "x", "1")', { a: "y" })).toBeNull();
  });

  it('matches null and "" by the key "", and by an absent key', () => {
    expect(outcomeOf('Switch([a], "d", "", "none")')).toBe("none");
    expect(outcomeOf('Switch([a], "d", [b], "none")', { a: "" })).toBe("none");
  });

  it("A3: takes presence as its source, where true is True", () => {
    expect(outcomeOf('Switch(IsPresent([a]), "d", "False", "absent")')).toBe("absent");
  });

  it("takes the first match, and evaluates neither the other values nor the default", () => {
    expect(outcomeOf('Switch("a", Item([n], 1), "a", "1", "a", Item([n], 1))')).toBe("1");
    expect(outcomeOf('Switch([n], "d", "12", "number")', { n: 12 })).toBe("number");
  });

  it("A22: does what the tutorial's sample says", () => {
    expect(outcomeOf('Switch(IsPresent([jobTitle]), "DefaultValue", "True", [jobTitle])')).toBe("DefaultValue");
  });

  it("refuses keys and values that are left out", () => {
    expect(outcomeOf('Switch([a], "d", , "x")')).toEqual({ error: "arity" });
    expect(outcomeOf('Switch([a], "d", "x", )')).toEqual({ error: "arity" });
    expect(outcomeOf('Switch([a], "d")')).toEqual({ error: "arity" });
  });
});

describe("Coalesce", () => {
  it("takes the first that is there, an empty text among them, and looks no further", () => {
    expect(outcomeOf("Coalesce([a], [b], Item([n], 1))", { b: "" })).toBe("");
    expect(outcomeOf("Coalesce([a])")).toBeNull();
    expect(outcomeOf("Coalesce()")).toEqual({ error: "arity" });
  });
});

describe("IgnoreFlowIfNullOrEmpty", () => {
  it("drops the attribute from wherever it stands, if it is reached", () => {
    expect(outcomeOf('Append(IgnoreFlowIfNullOrEmpty([a]), "x")')).toEqual({ ignore: true });
    expect(outcomeOf('IIF([b] = "1", IgnoreFlowIfNullOrEmpty([a]), "x")', { b: "2" })).toBe("x");
    expect(outcomeOf("IgnoreFlowIfNullOrEmpty([a])", { a: ["x", "y"] })).toEqual(["x", "y"]);
    expect(outcomeOf("IgnoreFlowIfNullOrEmpty([a])", { a: [] })).toEqual({ ignore: true });
  });
});

describe("SelectUniqueValue", () => {
  const taken = (values: readonly string[]) => ({ isTaken: (value: string) => values.includes(value) });

  it("passes over rules without a value, and asks for no more than it needs", () => {
    const asked: string[] = [];
    const isTaken = (value: string) => asked.push(value) === 1;
    expect(outcomeOf('SelectUniqueValue([none], "", "a", "b", "c")', {}, { isTaken })).toBe("b");
    expect(asked).toEqual(["a", "b"]);
  });

  it("says when every value is taken, or nobody knows which are", () => {
    expect(outcomeOf('SelectUniqueValue("a", "b")', {}, taken(["a", "b"]))).toEqual({ error: "not-unique" });
    expect(outcomeOf('SelectUniqueValue("a", "b")')).toEqual({ error: "unsupported" });
    expect(outcomeOf('SelectUniqueValue("a")', {}, taken([]))).toEqual({ error: "arity" });
  });

  it("stands at the top alone, also of a comparison", () => {
    expect(outcomeOf('SelectUniqueValue("a", "b") = "a"', {}, taken([]))).toEqual({ error: "nesting" });
  });

  it("hands on what the host's own function throws", () => {
    const isTaken = () => {
      throw new RangeError("down");
    };
    const expression = parseExpression('SelectUniqueValue("a", "b")');
    expect(() => evaluateExpression(expression, contextOf({}, { isTaken }))).toThrow(new RangeError("down"));
  });
});
