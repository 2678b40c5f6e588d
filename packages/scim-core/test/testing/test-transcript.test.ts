import { describe, expect, it, vi } from "vitest";
import { readTranscript, testTranscript } from "../../src/testing/index.ts";

const STEPS = [
  { name: "first", request: { method: "GET", path: "/a" }, expect: { status: [200] } },
  { name: "second", request: { method: "GET", path: "/b" }, expect: { status: [200] } },
  { name: "third", request: { method: "GET", path: "/c" }, expect: { status: [200] }, optional: true },
];

/** Registers the cases with a runner that only remembers them. */
function registered(answers: readonly string[], requireOptional?: boolean) {
  const cases = new Map<string, () => Promise<void>>();
  const sections: string[] = [];
  const close = vi.fn(async () => {});
  const newService = vi.fn(async () => ({ baseUrl: "https://scim.test", token: "t", close }));
  testTranscript({
    runner: {
      describe: (name, body) => {
        sections.push(name);
        body();
      },
      it: (name, body) => cases.set(name, body),
    },
    transcript: readTranscript({ idp: "Some IdP", variant: "plain", steps: STEPS }),
    newService,
    fetch: async (request) =>
      new Response(null, { status: answers.includes(new URL(request.url).pathname) ? 200 : 500 }),
    requireOptional,
  });
  return { run: (name: string) => cases.get(name)?.(), cases, sections, newService, close };
}

describe("a transcript as test cases", () => {
  it("has one case per step, and starts nothing by being registered", () => {
    const { sections, cases, newService } = registered(["/a", "/b", "/c"]);
    expect(sections).toEqual(["Some IdP (plain)"]);
    expect([...cases.keys()]).toEqual(["first", "second", "third"]);
    expect(newService).not.toHaveBeenCalled();
  });

  it("shares one service among the cases, and closes it", async () => {
    const { run, newService, close } = registered(["/a", "/b", "/c"]);
    await Promise.all([run("first"), run("second"), run("third")]);
    expect(newService).toHaveBeenCalledOnce();
    expect(close).toHaveBeenCalledOnce();
  });

  it("plays what comes before a case that is run alone", async () => {
    const { run } = registered(["/b"]);
    await expect(run("second")).resolves.toBeUndefined();
    await expect(run("first")).rejects.toThrow("The status is 500, expected 200.");
  });

  it("lets an optional step fail, unless told otherwise", async () => {
    await expect(registered([]).run("third")).resolves.toBeUndefined();
    await expect(registered([], true).run("third")).rejects.toThrow("The status is 500");
  });
});
