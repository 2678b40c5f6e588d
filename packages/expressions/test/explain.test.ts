import { describe, expect, it } from "vitest";
import { evaluateExpression, explainExpression, parseExpression, type TraceNode } from "../src/index.ts";
import { contextOf } from "./evaluation.ts";

/** One line per part: whether it was taken, how it is written, what it came to. */
function linesOf({ taken, source, outcome, children }: TraceNode): readonly string[] {
  const shown = outcome.kind === "value" ? JSON.stringify(outcome.value) : outcome.kind;
  return [`${taken ? "+" : "-"} ${source} ${shown}`, ...children.flatMap(linesOf)];
}

function traceOf(text: string, attributes = {}): readonly string[] {
  return linesOf(explainExpression(parseExpression(text), contextOf(attributes)).trace);
}

describe("explainExpression", () => {
  it("gives the value of every branch, and says which was taken", () => {
    const text = 'Switch([jobTitle], "False", "Manager", "True", Left([b], 1), Append([b], "!"))';
    expect(traceOf(text, { jobTitle: "Manager", b: "xy" })).toEqual([
      `+ ${text} "True"`,
      '+ [jobTitle] "Manager"',
      '- "False" "False"',
      '+ "Manager" "Manager"',
      '+ "True" "True"',
      '- Left([b], 1) "x"',
      '- [b] "xy"',
      "- 1 1",
      '- Append([b], "!") "xy!"',
      '- [b] "xy"',
      '- "!" "!"',
    ]);
  });

  it("shows errors and ignored flow where they are, and goes on behind them", () => {
    const text = 'IIF([a] = "x", Item([n], 1), IgnoreFlowIfNullOrEmpty([n]))';
    expect(traceOf(text, { a: "x" })).toEqual([
      `+ ${text} error`,
      '+ [a] = "x" true',
      '+ [a] "x"',
      '+ "x" "x"',
      "+ Item([n], 1) error",
      "+ [n] null",
      "+ 1 1",
      "- IgnoreFlowIfNullOrEmpty([n]) ignore",
      "- [n] null",
    ]);
    expect(explainExpression(parseExpression(text), contextOf({ a: "x" })).result).toEqual({
      kind: "error",
      code: "range",
      message: expect.any(String),
      position: 15,
      hint: undefined,
    });
    expect(explainExpression(parseExpression(text), contextOf()).result).toEqual({ kind: "ignore" });
  });

  it("answers what evaluateExpression answers, also by chance", () => {
    const expression = parseExpression('IIF([a] = "x", Guid(), RandomString(8,1,1,1,1))');
    const counted = () => {
      let calls = 0;
      return contextOf({}, { random: () => (calls++ % 10) / 10, newGuid: () => `guid ${calls++}` });
    };
    expect(explainExpression(expression, counted()).result).toEqual(evaluateExpression(expression, counted()));
  });

  it("shows nothing that Redact hides: not the value, not what it is made of or goes into", () => {
    const text = 'Append(Join("-", [a], Redact(Left([secret], 3))), [b])';
    expect(traceOf(text, { a: "x", b: "y", secret: "abcdef" })).toEqual([
      `+ ${text} redacted`,
      '+ Join("-", [a], Redact(Left([secret], 3))) redacted',
      '+ "-" "-"',
      '+ [a] "x"',
      "+ Redact(Left([secret], 3)) redacted",
      "+ Left([secret], 3) redacted",
      "+ [secret] redacted",
      "+ 3 redacted",
      '+ [b] "y"',
    ]);
    expect(explainExpression(parseExpression(text), contextOf({ secret: "abcdef" })).result).toEqual({
      kind: "value",
      value: "abc",
      redacted: true,
    });
  });

  it("is plain data, and cuts long values in the trace alone", () => {
    const a = { list: Array.from({ length: 50 }, (_, index) => index), text: "x".repeat(300), big: 2n ** 60n };
    const explained = explainExpression(parseExpression('Join("", [list], [text], [big])'), contextOf(a));
    expect(JSON.parse(JSON.stringify(explained))).toEqual(explained);
    expect(explained.result).toMatchObject({ value: expect.stringContaining("x".repeat(300)) });
    expect(explained.trace.children[1]?.outcome).toEqual({ kind: "value", value: a.list.slice(0, 20) });
    expect(explained.trace.children[2]?.outcome).toEqual({ kind: "value", value: `${"x".repeat(200)}…` });
    expect(explained.trace.children[3]?.outcome).toEqual({ kind: "value", value: "1152921504606846976" });
  });

  it("evaluates every part once, so that the host is asked no more than needed", () => {
    const asked: string[] = [];
    const context = contextOf(
      {},
      { newGuid: () => `guid ${asked.push("guid")}`, isTaken: () => asked.push("taken") < 3 },
    );
    explainExpression(parseExpression('SelectUniqueValue(Guid(), "b", "c")'), context);
    explainExpression(parseExpression('IIF([a] = "x", Guid(), Left(Guid(), 1))'), context);
    expect(asked).toEqual(["guid", "taken", "taken", "guid", "guid"]);
  });

  it("hands on what the host's own functions throw", () => {
    const newGuid = () => {
      throw new RangeError("down");
    };
    const expression = parseExpression('IIF([a] = "x", Guid(), "y")');
    expect(() => explainExpression(expression, contextOf({}, { newGuid }))).toThrow(new RangeError("down"));
  });
});
